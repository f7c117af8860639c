package org.sksync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.cli.SksyncJar.Ended;
import org.sksync.testkit.JavaProgram;

/** {@code sksync restore}, after a client has replaced a file of the daemon's, and the daemon one of the client's. */
class RestoreCommandIT {

    private static final FileTime OLD = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    @TempDir
    Path temp;

    private Path here;
    private Path served;
    private Path copy;

    @BeforeEach
    void makeTrees() throws IOException {
        here = temp.toRealPath();
        served = Files.createDirectories(here.resolve("served"));
        copy = Files.createDirectories(here.resolve("copy"));
        write(served.resolve("deep/note.txt"), "the daemon's old", OLD);
        write(copy.resolve("deep/note.txt"), "the client's", FileTime.from(Instant.now()));
        write(copy.resolve("list.txt"), "the client's old", OLD);
        write(served.resolve("list.txt"), "the daemon's", FileTime.from(Instant.now()));
        Files.writeString(here.resolve("sksync.json"), """
                {"host": "127.0.0.1", "port": 0, "require_auth": false, "server_dir_whitelist": ["served"]}""");
    }

    private static void write(Path file, String content, FileTime time) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, time);
    }

    /** Syncs once, both ways. */
    private void sync(String more) throws IOException {
        try (JavaProgram daemon = SksyncJar.daemon(here, "sksync.json")) {
            Files.writeString(here.resolve("client.json"), """
                    {"host": "127.0.0.1", "port": %d, "clients": {"p": {
                        "server_path": "%s", "client_path": "%s", "recursive": true,
                        "sync_type": "bidirectional_use_time" %s}}}""".formatted(SksyncJar.port(daemon), served, copy, more));
            Ended ended = SksyncJar.run(here, "client", "p", "-c", "client.json");
            assertThat(ended.exitCode()).as(ended.err()).isZero();
            daemon.terminate();
            SksyncJar.end(daemon);
        }
    }

    @Test
    void listsWhatWasReplacedAndBringsItBackAndWhatItReplacesToo() throws Exception {
        sync("");
        assertThat(served.resolve("deep/note.txt")).hasContent("the client's");

        Ended listed = SksyncJar.run(served, "restore");
        Ended restored = SksyncJar.run(here, "restore", "served/deep/note.txt");
        Ended versions = SksyncJar.run(here, "restore", "--list", "served/deep/note.txt");

        assertThat(listed.exitCode()).as(listed.err()).isZero();
        assertThat(listed.out())
                .matches(" +REPLACED \\(UTC\\) +SIZE +FILE\n +[-0-9T]+Z +16 B +" + served + "/deep/note\\.txt");
        assertThat(restored.out()).endsWith("the same command again brings that back");
        assertThat(restored.exitCode()).as(restored.err()).isZero();
        assertThat(served.resolve("deep/note.txt")).hasContent("the daemon's old");
        assertThat(versions.out()).hasLineCount(3).contains("12 B", "16 B");
        assertThat(copy.resolve(".sksync")).doesNotExist();
    }

    @Test
    void restoredFileWinsInTheNextSyncUnlessItKeepsItsTime() throws Exception {
        sync("");

        SksyncJar.run(here, "restore", "--keep-time", "served/deep/note.txt");
        assertThat(Files.getLastModifiedTime(served.resolve("deep/note.txt"))).isEqualTo(OLD);
        SksyncJar.run(here, "restore", "served/deep/note.txt", "--at", firstVersion());

        assertThat(Files.getLastModifiedTime(served.resolve("deep/note.txt"))).isGreaterThan(OLD);
    }

    private String firstVersion() throws IOException {
        List<String> lines = SksyncJar.run(here, "restore", "--list", "served/deep/note.txt")
                .out()
                .lines()
                .toList();
        String oldest = lines.get(lines.size() - 1).strip();
        return oldest.substring(0, oldest.indexOf(' '));
    }

    @Test
    void bringsBackAllThatOneSyncReplacedInADirectory() throws Exception {
        sync("");
        String time = firstVersion();

        Ended restored = SksyncJar.run(here, "restore", "served", "--at", time);

        assertThat(restored.exitCode()).as(restored.err()).isZero();
        assertThat(restored.out()).isEqualTo(served + "/deep/note.txt: as it was before " + time);
        assertThat(served.resolve("deep/note.txt")).hasContent("the daemon's old");
    }

    @Test
    void findsAFileThroughALinkToItsDirectory() throws Exception {
        sync("");
        Path link = Files.createSymbolicLink(here.resolve("link"), served);

        Ended listed = SksyncJar.run(link, "restore");
        Ended restored = SksyncJar.run(here, "restore", "link/deep/note.txt");

        assertThat(listed.out()).contains("deep/note.txt");
        assertThat(restored.exitCode()).as(restored.err()).isZero();
        assertThat(served.resolve("deep/note.txt")).hasContent("the daemon's old");
    }

    @Test
    void bringsBackTheNewestVersionWhicheverDirectoryKeepsIt() throws Exception {
        sync("");
        Path older = Files.createDirectories(served.resolve("deep/.sksync/replaced/2020-01-01T00-00-00Z"));
        Files.writeString(older.resolve("note.txt"), "long ago");

        Ended restored = SksyncJar.run(here, "restore", "served/deep/note.txt");

        assertThat(restored.exitCode()).as(restored.err()).isZero();
        assertThat(served.resolve("deep/note.txt")).hasContent("the daemon's old");
    }

    @Test
    void clientKeepsWhenItsProfileAsks() throws Exception {
        sync(", \"keep_replaced_days\": 1");
        assertThat(copy.resolve("list.txt")).hasContent("the daemon's");

        Ended restored = SksyncJar.run(copy, "restore", "list.txt");

        assertThat(restored.exitCode()).as(restored.err()).isZero();
        assertThat(copy.resolve("list.txt")).hasContent("the client's old");
    }

    @Test
    void daemonKeepsNothingWhereThatIsOff() throws Exception {
        Files.writeString(here.resolve("sksync.json"), """
                {"host": "127.0.0.1", "port": 0, "require_auth": false, "server_dir_whitelist": ["served"],
                 "keep_replaced_days": 0}""");
        sync("");

        Ended restored = SksyncJar.run(here, "restore", "served/deep/note.txt");

        assertThat(served.resolve(".sksync")).doesNotExist();
        assertThat(restored.exitCode()).isEqualTo(1);
        assertThat(restored.err())
                .startsWith("error: nothing is kept of " + served + "/deep/note.txt: ")
                .contains("unless keep_replaced_days says otherwise")
                .hasLineCount(1);
    }

    @Test
    void saysWhatToSetWhereAClientKeepsNothing() throws Exception {
        sync("");
        assertThat(copy.resolve("list.txt")).hasContent("the daemon's");

        Ended restored = SksyncJar.run(copy, "restore", "list.txt");
        Ended listed = SksyncJar.run(copy, "restore");

        assertThat(restored.exitCode()).isEqualTo(1);
        assertThat(restored.err())
                .contains("a client none", "run this there", "sksync job edit NAME --keep-replaced-days 30");
        assertThat(SksyncJar.run(copy, "restore", "none").err())
                .startsWith("error: there is no such file, and nothing is kept of " + copy + "/none: ");
        assertThat(listed.exitCode()).isZero();
        assertThat(listed.err()).startsWith("warning: nothing is kept of " + copy + ": ");
    }

    @Test
    void namesTheTimesThatThereAreWhereThereIsNoneOfThatTime() throws Exception {
        sync("");

        Ended restored = SksyncJar.run(here, "restore", "served/deep/note.txt", "--at", "2020-01-01T00-00-00Z");

        assertThat(restored.exitCode()).isEqualTo(1);
        assertThat(restored.err()).contains("from 2020-01-01T00-00-00Z (expected: --at with one of " + firstVersion());
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2020-01-01", "2020-01-01T00:00:00Z", "2020-13-01T00-00-00Z"})
    void refusesATimeThatCanNotBeRead(String at) throws Exception {
        Ended restored = SksyncJar.run(here, "restore", "served", "--at", at);

        assertThat(restored.exitCode()).isEqualTo(2);
        assertThat(restored.err())
                .startsWith("error: --at: \"" + at + "\" (expected: a time as sksync restore --list shows it")
                .hasLineCount(1);
    }
}
