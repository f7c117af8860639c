package org.sksync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.cli.SksyncJar.Ended;
import org.sksync.testkit.JavaProgram;
import org.sksync.testkit.JavaProgram.Stream;

/** A run that lasts says where it stands: at a terminal by itself, elsewhere when it is asked. */
class StandingIT {

    private static final String NAME = "a rather long name of a recording that does not fit.bin";

    @TempDir
    Path here;

    private Path copy;

    @BeforeEach
    void makeAPlaceForTheCopy() throws IOException {
        copy = Files.createDirectory(here.resolve("copy"));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void answersTheSignalOnStandardErrorAndGoesOn() throws Exception {
        try (PlayedServer server = PlayedServer.whole(NAME)) {
            Files.writeString(here.resolve("sksync.json"), server.config(copy));
            try (JavaProgram client = SksyncJar.launch(here, "sync", "p").start()) {
                await().atMost(SksyncJar.LIMIT).until(() -> Files.exists(copy.resolve(".sksync")));
                SksyncJar.signal(client, "USR1");
                client.awaitLine(
                        Stream.ERR, "^p: 0 files received, \\d.*B, .*B/s, " + NAME + " \\d+ %.*$", SksyncJar.LIMIT);
                SksyncJar.signal(client, "USR1");
                await().atMost(SksyncJar.LIMIT)
                        .until(() -> client.lines(Stream.ERR).size() == 2);

                server.goOn();
                Ended ended = SksyncJar.end(client);

                assertThat(ended.exitCode()).as(ended.err()).isZero();
                assertThat(ended.out())
                        .startsWith("p: received 1 file (5.0 MB)")
                        .hasLineCount(1);
            }
            server.verify();
        }
        assertThat(copy.resolve(NAME)).hasSize(PlayedServer.BYTES);
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aWatchAnswersWhileItSyncsAndWhileItWaits() throws Exception {
        try (PlayedServer server = PlayedServer.whole(NAME)) {
            Files.writeString(here.resolve("sksync.json"), server.config(copy));
            try (JavaProgram watch =
                    SksyncJar.launch(here, "watch", "p", "--every", "1h").start()) {
                await().atMost(SksyncJar.LIMIT).until(() -> Files.exists(copy.resolve(".sksync")));
                SksyncJar.signal(watch, "USR1");
                watch.awaitLine(Stream.ERR, "^p: 0 files received, \\d.*B, .*B/s", SksyncJar.LIMIT);

                server.goOn();
                watch.awaitLine(Stream.OUT, "p: received 1 file \\(5.0 MB\\)", SksyncJar.LIMIT);
                SksyncJar.signal(watch, "USR1");

                watch.awaitLine(
                        Stream.ERR, "^p: waiting, synced \\w+ ago, next look in (1h|59m\\d+s)$", SksyncJar.LIMIT);
                assertThat(watch.isRunning()).isTrue();
            }
            server.verify();
        }
    }

    @Test
    void tellsProgramsEverySecondAndWhenTheyAsk() throws Exception {
        try (PlayedServer server = PlayedServer.whole(NAME)) {
            Files.writeString(here.resolve("sksync.json"), server.config(copy));
            try (JavaProgram client =
                    SksyncJar.launch(here, "sync", "p", "--json", "-v").start()) {
                client.awaitLine(
                        Stream.OUT, "\"stage\":\"receiving\".*\"file\":\\{\"name\":\"" + NAME, SksyncJar.LIMIT);

                server.goOn();
                Ended ended = SksyncJar.end(client);

                assertThat(ended.exitCode()).as(ended.err()).isZero();
                assertThat(JsonSchemas.typesOfValid(ended.out()))
                        .startsWith("status")
                        .endsWith("file", "summary");
            }
            server.verify();
        }
    }

    /** The program script gives the command a terminal of its own, and writes down what it shows. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void showsOneLineAtATerminalNoWiderThanThat() throws Exception {
        Path screen = here.resolve("screen");
        try (PlayedServer server = PlayedServer.whole(NAME)) {
            Files.writeString(here.resolve("sksync.json"), server.config(copy));
            Process terminal = atTerminal("stty cols 60; exec '" + java() + "' -XX:TieredStopAtLevel=1 -jar '"
                            + SksyncJar.ROOT.resolve("target/sksync.jar").toAbsolutePath() + "' sync p")
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(screen.toFile()))
                    .start();
            try {
                await().atMost(SksyncJar.LIMIT)
                        .until(() -> Files.exists(screen) && text(screen).contains(" files received, "));
                server.goOn();
                assertThat(terminal.waitFor()).as(text(screen)).isZero();
            } finally {
                terminal.destroyForcibly();
            }
            server.verify();
        }

        String[] drawn = text(screen).split("\r|\n");
        assertThat(drawn).anySatisfy(line -> assertThat(line)
                .startsWith("p: 0 files received, ")
                .contains("\u2026")
                .endsWith("\u001b[K"));
        assertThat(drawn)
                .filteredOn(line -> line.startsWith("p: ") && line.endsWith("\u001b[K"))
                .allSatisfy(line -> assertThat(line.replace("\u001b[K", "")).hasSizeLessThan(60));
        assertThat(text(screen))
                .contains("\r\u001b[K\u001b[32mp: received 1 file (5.0 MB)")
                .endsWith("\u001b[0m\r\n");
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private ProcessBuilder atTerminal(String command) {
        ProcessBuilder builder = new ProcessBuilder("script", "-qefc", command, "/dev/null")
                .directory(here.toFile())
                .redirectErrorStream(true);
        builder.environment().put("TERM", "xterm");
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().keySet().removeIf(name -> name.equals("NO_COLOR") || name.equals("COLUMNS"));
        return builder;
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file);
    }
}
