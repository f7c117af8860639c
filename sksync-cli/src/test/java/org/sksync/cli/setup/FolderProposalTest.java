package org.sksync.cli.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sksync.config.Secret;
import org.sksync.protocol.srp.UserName;
import org.sksync.transport.tls.Fingerprint;

class FolderProposalTest {

    @TempDir
    private Path home;

    private static String name(String serverPath) throws Exception {
        return FolderProposal.name(Invitation.of(
                UserName.of("me"),
                new Secret("word"),
                List.of("desk"),
                1,
                serverPath,
                new Fingerprint("SHA256:" + "0".repeat(64))));
    }

    private void givenAFileIn(String directory) throws IOException {
        Files.writeString(Files.createDirectory(home.resolve(directory)).resolve("mine"), "mine");
    }

    @ParameterizedTest
    @CsvSource({
        "/srv/notes, notes",
        "/srv/my notes (2), my notes (2)",
        "/srv/J\u00fcrgen, J\u00fcrgen",
        "/, sync",
        "/srv/.config, config",
        "/srv/.., sync",
        "/srv/-@.x, x",
        "/srv/ . , sync",
        "'/srv/a. ', a",
        "/srv/~root, root",
        "/srv/a\u202eb\u200b$HOME*, abHOME",
        "/srv/bin, sync",
        "/srv/.Library, sync",
        "'C:\\x\\AppData', sync",
    })
    void isNamedAsThereButNeverHiddenNorWhereProgramsLook(String serverPath, String name) throws Exception {
        assertThat(name(serverPath)).isEqualTo(name);
    }

    @Test
    void isADirectoryThatIsNotThereOrEmpty() throws Exception {
        assertThat(FolderProposal.in(home, "notes")).isEqualTo(home.resolve("notes"));

        Files.createDirectory(home.resolve("notes"));
        assertThat(FolderProposal.in(home, "notes")).isEqualTo(home.resolve("notes"));
    }

    @Test
    void isAnotherOneWhereThereAreFiles() throws Exception {
        givenAFileIn("Documents");
        assertThat(FolderProposal.in(home, "Documents")).isEqualTo(home.resolve("Documents-2"));

        givenAFileIn("Documents-2");
        Files.createSymbolicLink(home.resolve("Documents-3"), home.resolve("nowhere"));
        Files.writeString(home.resolve("Documents-4"), "a file");
        assertThat(FolderProposal.in(home, "Documents")).isEqualTo(home.resolve("Documents-5"));
    }
}
