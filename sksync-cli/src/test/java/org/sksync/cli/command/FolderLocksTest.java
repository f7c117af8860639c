package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.config.ClientProfile;
import org.sksync.config.ConfigReader;

/** The folders that one process syncs. Another one's locks are played by a second holder of them. */
class FolderLocksTest {

    @TempDir
    Path home;

    private final StringWriter err = new StringWriter();
    private final Terminal terminal = new Terminal(
            new PrintWriter(new StringWriter()), new PrintWriter(err, true), Optional.empty(), Display.plain(false));
    private Path folder;

    @BeforeEach
    void makeAFolder() throws Exception {
        folder = Files.createDirectory(home.resolve("notes"));
    }

    private FolderLocks locks(String command) {
        return new FolderLocks(Optional.of(home.resolve("locks")), command, Clock.systemUTC(), terminal);
    }

    private ClientProfile profile(String name, Path clientPath) throws Exception {
        Path file = home.resolve(name + ".json");
        Files.writeString(file, """
                {"clients": {"%s": {"server_path": "/srv", "client_path": "%s"}}}
                """.formatted(name, clientPath));
        return ConfigReader.read(file).profile(name);
    }

    @Test
    void refusesAFolderThatAnotherHasByAnotherName() throws Exception {
        Path link = Files.createSymbolicLink(home.resolve("link"), folder);
        FolderLocks.Share held = locks("watch").take(profile("a", folder));

        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> locks("client").take(profile("b", link)))
                .satisfies(busy -> {
                    assertThat(busy.exitCode()).isEqualTo(ExitCode.BUSY);
                    assertThat(busy.sentence())
                            .contains("sksync watch a (process "
                                    + ProcessHandle.current().pid() + ", since 20");
                });
        held.close();
    }

    @Test
    void letsTheProcesssOwnProfilesOfAFolderTakeTurns() throws Exception {
        FolderLocks locks = locks("watch");
        FolderLocks.Share first = locks.take(profile("a", folder));
        FolderLocks.Share second = locks.take(profile("b", folder));

        assertThat(first.turn()).isSameAs(second.turn());
        first.close();
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> locks("client").take(profile("c", folder)));
        second.close();
        locks("client").take(profile("c", folder)).close();
    }

    @Test
    void hasNothingToHoldWhereThereIsNoFolder() throws Exception {
        FolderLocks.Share held = locks("client").take(profile("a", home.resolve("missing")));

        held.close();
        assertThat(home.resolve("locks")).doesNotExist();
    }

    @Test
    void goesOnWithAWarningWhereNoLockCanBeWritten() throws Exception {
        Files.writeString(home.resolve("locks"), "in the way");
        FolderLocks locks = locks("client");

        locks.take(profile("a", folder)).close();
        locks.take(profile("a", folder)).close();

        assertThat(err.toString()).hasLineCount(1).contains("XDG_STATE_HOME");
    }

    @Test
    void goesOnWithAWarningWhereTheUserHasNoPlaceForLocks() throws Exception {
        FolderLocks locks = new FolderLocks(Optional.empty(), "client", Clock.systemUTC(), terminal);

        locks.take(profile("a", folder)).close();

        assertThat(err.toString()).hasLineCount(1).contains("no home directory", "XDG_STATE_HOME");
    }
}
