package org.sksync.files.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class SyncProgramTest {

    private static final Duration PATIENT = Duration.ofMinutes(1);

    private final AtomicLong nanos = new AtomicLong();

    @TempDir
    private Path temp;

    @Test
    void writesOutTheDiskOfADirectory() throws Exception {
        Path odd = Files.createDirectory(temp.resolve("-a name\nof two lines"));
        SyncProgram program = program("printf '%s|' \"$@\" >>'" + temp.resolve("calls") + "'", PATIENT);

        program.writeOut(odd);

        assertThat(temp.resolve("calls")).hasContent("-f|" + odd + "|");
    }

    @Test
    void isFoundWhereItIs() {
        assertThat(SyncProgram.find()).isPresent();
        assertThatCode(() -> SyncProgram.find().orElseThrow().writeOut(temp)).doesNotThrowAnyException();
    }

    @Test
    void runsAgainAfterItFailed() throws Exception {
        SyncProgram program = program(counting() + "exit 1", PATIENT);

        program.writeOut(temp);
        program.writeOut(temp);

        assertThat(runs()).hasSize(2);
    }

    @Test
    void doesWithoutForAWhileWhereItCannotBeStarted() throws Exception {
        Path file = temp.resolve("program");
        SyncProgram program = new SyncProgram(file, PATIENT, nanos::get);
        program.writeOut(temp);
        script(file, counting());

        program.writeOut(temp);
        assertThat(temp.resolve("runs")).doesNotExist();

        nanos.addAndGet(Duration.ofMinutes(2).toNanos());
        program.writeOut(temp);
        assertThat(runs()).hasSize(1);
    }

    @Test
    void doesNotWaitForADiskThatOthersKeepBusyAndLeavesItAloneForAWhile() throws Exception {
        SyncProgram program = program(
                counting() + "while [ ! -e '" + temp.resolve("end") + "' ]; do sleep 0.02; done; : >'"
                        + temp.resolve("ended") + "'",
                Duration.ofMillis(1));

        program.writeOut(temp);
        program.writeOut(temp);
        Files.createFile(temp.resolve("end"));

        await().until(() -> Files.exists(temp.resolve("ended")));
        assertThat(runs()).hasSize(1);
    }

    private String counting() {
        return "echo run >>'" + temp.resolve("runs") + "'; ";
    }

    private List<String> runs() throws IOException {
        return Files.readAllLines(temp.resolve("runs"));
    }

    private SyncProgram program(String body, Duration patience) throws IOException {
        Path file = temp.resolve("program");
        script(file, body);
        return new SyncProgram(file, patience, nanos::get);
    }

    private static void script(Path file, String body) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    }
}
