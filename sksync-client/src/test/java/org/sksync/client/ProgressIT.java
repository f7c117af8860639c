package org.sksync.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.client.report.SyncListener;
import org.sksync.files.scan.SkippedFile;
import org.sksync.server.SkSyncServer;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;

/** What a listener hears of a sync with our own server. */
@ExtendWith(NoLeaks.class)
final class ProgressIT {

    @TempDir
    private Path temp;

    /** Writes down what it hears, but for the pieces of content, whose number nobody promises. */
    private static final class Notes implements SyncListener {

        private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void sendsAtMost(int files, long bytes) {
            lines.add("at most " + files + " " + bytes);
        }

        @Override
        public void going(String name, long bytes) {
            lines.add("going " + name + " " + bytes);
        }

        @Override
        public void coming(String name, long bytes, long modifiedMillis) {
            lines.add("coming " + name + " " + bytes + " of " + modifiedMillis);
        }

        @Override
        public void sent(String name, long bytes) {
            lines.add("sent " + name + " " + bytes);
        }

        @Override
        public void received(String name, long bytes) {
            lines.add("received " + name + " " + bytes);
        }

        @Override
        public void skipped(SkippedFile file) {
            lines.add("skipped " + file.name());
        }
    }

    @Test
    void tellsOfEachFileAndHowManyCanBeSentAtTheMost() throws Exception {
        Path here = Files.createDirectory(temp.toRealPath().resolve("here"));
        Path there = Files.createDirectory(temp.toRealPath().resolve("there"));
        TreeFile old = TreeFile.text("four", 1_400_000_000);
        TreeFixture.write(here, Map.of("a", old, "b", old, "c/d", TreeFile.text("sixsix", 1_400_000_000), "e", old));
        TreeFixture.write(there, Map.of("b", old, "e", old, "z", TreeFile.text("later", 1_400_000_007)));
        Files.writeString(here.resolve("no\\name"), "left out");
        Notes notes = new Notes();

        try (SkSyncServer server = TestDaemon.open(there);
                SkSyncClient client = new SkSyncClient()) {
            client.sync(
                    Profiles.of(server.address().getPort(), here, there.toString())
                            .profile(),
                    notes);
        }

        assertThat(notes.lines)
                .containsSubsequence("skipped no\\name", "at most 4 18", "at most 3 14")
                .containsSubsequence(
                        "at most 3 14",
                        "going a 4",
                        "sent a 4",
                        "going c/d 6",
                        "sent c/d 6",
                        "coming z 5 of 1400000007000",
                        "received z 5")
                .hasSize(9);
    }
}
