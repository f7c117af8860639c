package org.sksync.files.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SyncProgramTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @TempDir
    private Path temp;

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void forcesTheDiskOfADirectory() throws Exception {
        WholeDisk disk = SyncProgram.find().orElseThrow();
        Path odd = Files.createDirectory(temp.resolve("-a name\nof two lines"));

        assertThat(disk.force(odd)).isTrue();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void tellsThatTheProgramFailed() throws Exception {
        WholeDisk disk = new SyncProgram(script("exit 1"));

        assertThat(disk.force(temp)).isFalse();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void tellsAgainAfterAFailureWhatTheProgramSays() throws Exception {
        Path failed = temp.resolve("failed");
        WholeDisk disk = new SyncProgram(script("[ -e '" + failed + "' ] || { : > '" + failed + "'; exit 1; }"));

        assertThat(disk.force(temp)).isFalse();
        assertThat(disk.force(temp)).isTrue();
    }

    @Test
    void forcesNothingWithoutTheProgram() {
        assertThat(new SyncProgram(temp.resolve("none")).force(temp)).isFalse();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void forcesNothingWhereThereIsNoDirectory() throws Exception {
        assertThat(new SyncProgram(script("exit 0")).force(temp.resolve("none")))
                .isFalse();
    }

    @Test
    void thoseWhoAskDuringARunShareTheNextOne() throws Exception {
        SyncProgram.Runs runs = new SyncProgram.Runs();
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch goOn = new CountDownLatch(1);
        SyncProgram.Run run = () -> {
            begun.incrementAndGet();
            return awaitLatch(goOn);
        };
        Future<Boolean> first = threads.submit(() -> runs.awaitOne(run));
        await().until(() -> begun.get() == 1);
        Future<Boolean> second = threads.submit(() -> runs.awaitOne(run));
        Future<Boolean> third = threads.submit(() -> runs.awaitOne(run));
        await().until(() -> runs.waiting() == 2);

        goOn.countDown();

        assertThat(first.get()).isTrue();
        assertThat(second.get()).isTrue();
        assertThat(third.get()).isTrue();
        assertThat(begun).hasValue(2);
    }

    @Test
    void aFailureIsToldToAllWhoShareTheRun() throws Exception {
        SyncProgram.Runs runs = new SyncProgram.Runs();
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch goOn = new CountDownLatch(1);
        SyncProgram.Run run = () -> begun.incrementAndGet() == 1 && awaitLatch(goOn);
        Future<Boolean> first = threads.submit(() -> runs.awaitOne(run));
        await().until(() -> begun.get() == 1);
        Future<Boolean> second = threads.submit(() -> runs.awaitOne(run));
        Future<Boolean> third = threads.submit(() -> runs.awaitOne(run));
        await().until(() -> runs.waiting() == 2);

        goOn.countDown();

        assertThat(first.get()).isTrue();
        assertThat(second.get()).isFalse();
        assertThat(third.get()).isFalse();
        assertThat(runs.awaitOne(() -> true)).isTrue();
    }

    private static boolean awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path script(String body) throws IOException {
        Path script = Files.createFile(
                temp.resolve("program"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return Files.writeString(script, "#!/bin/sh\n" + body + "\n");
    }
}
