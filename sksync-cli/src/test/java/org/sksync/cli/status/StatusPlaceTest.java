package org.sksync.cli.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a daemon answers, and that nobody else's directory is taken for its own. */
class StatusPlaceTest {

    @TempDir
    private Path here;

    private Path config;

    @BeforeEach
    void makeConfig() throws IOException {
        config = Files.createFile(here.resolve("sksync.json"));
    }

    private StatusPlace place(Path file, Map<String, String> environment) {
        return StatusPlace.of(file, environment, here.resolve("home"));
    }

    private Path socket() {
        return place(config, Map.of("XDG_RUNTIME_DIR", here.toString())).own().get(0);
    }

    @Test
    void aServicesDirectoryComesBeforeThatOfALoginAndBothBeforeTheHome() {
        Map<String, String> environment =
                Map.of("RUNTIME_DIRECTORY", "/run/a:/run/b", "XDG_RUNTIME_DIR", "/run/user/7");

        assertThat(place(config, environment).own())
                .extracting(Path::getParent)
                .containsExactly(
                        Path.of("/run/a/status"),
                        Path.of("/run/user/7/sksync"),
                        here.resolve("home/.cache/sksync/run"));
        assertThat(place(config, Map.of()).own())
                .extracting(Path::getParent)
                .containsExactly(here.resolve("home/.cache/sksync/run"));
        assertThat(place(config, Map.of()).sockets())
                .extracting(Path::getParent)
                .endsWith(Path.of("/run/sksync/status"));
    }

    @Test
    void oneFileHasOneNameHoweverItIsWritten() throws IOException {
        Path link = Files.createSymbolicLink(here.resolve("link"), here);
        Path dotted = here.resolve("x").resolve("..").resolve("sksync.json");

        assertThat(place(link.resolve("sksync.json"), Map.of()).own())
                .isEqualTo(place(config, Map.of()).own())
                .isEqualTo(place(dotted, Map.of()).own());
        assertThat(place(here.resolve("other.json"), Map.of()).own())
                .isNotEqualTo(place(config, Map.of()).own());
    }

    @Test
    void aFileThatIsALinkKeepsItsNameWhereverThatLeads() throws IOException {
        Path link = here.resolve("swapped.json");
        Files.createSymbolicLink(link, config);
        StatusPlace before = place(link, Map.of());
        Files.delete(link);
        Files.createSymbolicLink(link, here.resolve("elsewhere"));

        assertThat(place(link, Map.of()).own()).isEqualTo(before.own());
    }

    @Test
    void theNameLeavesRoomInTheHundredBytesOfASocketsPath() {
        assertThat(socket().getFileName().toString()).hasSize(37);
    }

    @Test
    void makesADirectoryForItsOwnerAlone() throws IOException {
        Path directory = here.resolve("home/.cache/sksync/run");
        try (StatusPlace.Held held =
                StatusPlace.take(place(config, Map.of()).own().get(0)).orElseThrow()) {
            assertThat(held.socket()).hasParentRaw(directory).doesNotExist();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void refusesADirectoryThatOthersMayEnter() throws IOException {
        Path directory = Files.createDirectory(here.resolve("sksync"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));

        assertThatThrownBy(() -> StatusPlace.take(socket()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("mode 700");
    }

    @Test
    void refusesADirectoryThatIsALink() throws IOException {
        Path elsewhere = Files.createDirectory(here.resolve("elsewhere"));
        Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rwx------"));
        Files.createSymbolicLink(here.resolve("sksync"), elsewhere);

        assertThatThrownBy(() -> StatusPlace.take(socket())).isInstanceOf(IOException.class);
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void removesWhatAKilledDaemonLeftAndNothingThatIsHeld() throws IOException {
        try (StatusPlace.Held held = StatusPlace.take(socket()).orElseThrow()) {
            Files.createFile(held.socket());
            assertThat(StatusPlace.take(socket())).isEmpty();
            assertThat(held.socket()).exists();
        }
        assertThat(socket()).doesNotExist();

        Files.createFile(socket());
        try (StatusPlace.Held held = StatusPlace.take(socket()).orElseThrow()) {
            assertThat(held.socket()).doesNotExist();
        }
    }
}
