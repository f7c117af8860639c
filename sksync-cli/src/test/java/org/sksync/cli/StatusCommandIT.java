package org.sksync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.cli.SksyncJar.Ended;
import org.sksync.testkit.JavaProgram;
import org.sksync.testkit.JavaProgram.Stream;
import org.sksync.testkit.ScriptedPeer;

/** {@code sksync status}, and the daemon that answers. */
class StatusCommandIT {

    @TempDir
    Path here;

    /** Short, as the path of a socket must be. */
    @TempDir
    Path run;

    private Path served;

    @BeforeEach
    void configure() throws IOException {
        served = Files.createDirectory(here.toRealPath().resolve("served"));
        Files.writeString(
                here.resolve("sksync.json"),
                "{\"host\": \"127.0.0.1\", \"port\": 0, \"require_auth\": false, \"server_dir_whitelist\": [\"" + served
                        + "\"]}");
    }

    private JavaProgram.Launch launch(String... words) throws IOException {
        return SksyncJar.launch(here, words).environment("XDG_RUNTIME_DIR", run.toString());
    }

    private JavaProgram daemon() throws IOException {
        JavaProgram daemon = launch("server").start();
        SksyncJar.port(daemon);
        return daemon;
    }

    private Ended status(String... options) throws IOException {
        String[] words = new String[options.length + 1];
        words[0] = "status";
        System.arraycopy(options, 0, words, 1, options.length);
        return SksyncJar.end(launch(words));
    }

    private List<Path> inPlace(String end) throws IOException {
        try (java.util.stream.Stream<Path> files = Files.list(run.resolve("sksync"))) {
            return files.filter(file -> file.toString().endsWith(end)).toList();
        }
    }

    @Test
    void showsASessionUnderWayAndThenItsEnd() throws Exception {
        try (JavaProgram daemon = daemon()) {
            int port = SksyncJar.port(daemon);
            try (ScriptedPeer peer = ScriptedPeer.client(port)) {
                peer.send("pysksync 2\n")
                        .expectLine("Protocol Established")
                        .send("1\n0\n" + served + "\n/there\n")
                        .expectLine("md5");

                Ended json = status("--json");
                assertThat(json.exitCode()).isZero();
                assertThat(json.out())
                        .hasLineCount(1)
                        .startsWith("{\"message_type\":\"daemon_status\",\"version\":\"sksync ")
                        .contains(
                                "\"pid\":" + daemon.pid(),
                                "\"address\":\"127.0.0.1:" + port + "\"",
                                "\"session_count\":1",
                                "\"path\":\"" + served + "\",\"sync_type\":\"to_server_use_time\",\"recursive\":true",
                                "\"state\":\"listing\"",
                                "\"last_syncs\":[]",
                                "\"file\":\"" + here.toRealPath().resolve("sksync.json") + "\"");
                assertThat(status().out())
                        .contains(
                                "listens on 127.0.0.1:" + port,
                                "sessions under way: 1",
                                "listing",
                                "last syncs: none since the start",
                                "limits hit: none since the start");

                peer.send("\n").expectLine("").expectLine("").expectEndOfStream();
            }
            await().atMost(SksyncJar.LIMIT)
                    .untilAsserted(() -> assertThat(status("--json").out())
                            .contains("\"session_count\":0", "\"sessions\":[]", "\"outcome\":\"done\""));
            assertThat(status().out()).contains("sessions under way: 0", "last syncs: 1", "OUTCOME", "done");
        }
    }

    @Test
    void tellsOfAConfigurationThatIsNotInForce() throws Exception {
        try (JavaProgram daemon = daemon()) {
            Files.writeString(here.resolve("sksync.json"), "{\n\n\"port\": -1}");
            daemon.awaitLine(Stream.ERR, "configuration not taken", SksyncJar.LIMIT);

            assertThat(status().out()).contains("is not in force: sksync.json, line 3: port is -1");
            assertThat(status("--json").out()).contains("\"error\":\"sksync.json, line 3: port is -1");
        }
    }

    @Test
    void theSocketAndItsDirectoryAreTheOwnersAlone() throws Exception {
        try (JavaProgram daemon = daemon()) {
            assertThat(daemon.isRunning()).isTrue();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(run.resolve("sksync"))))
                    .isEqualTo("rwx------");
            assertThat(inPlace(".sock")).singleElement().satisfies(socket -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                    .isEqualTo("rw-------"));
        }
    }

    @Test
    void aDaemonWithoutASafePlaceRunsAndSaysThatItCannotBeAsked() throws Exception {
        Path open = Files.createDirectory(run.resolve("sksync"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path home = Files.createFile(here.resolve("no-directory"));
        try (JavaProgram daemon = launch("server").vmArgs("-Duser.home=" + home).start()) {
            SksyncJar.port(daemon);

            assertThat(daemon.text(Stream.ERR))
                    .startsWith("warning: sksync status will not find this daemon: " + open)
                    .contains("mode 700")
                    .hasLineCount(1);
        }
        assertThat(inPlace(".sock")).isEmpty();
    }

    @Test
    void aSocketThatAKilledDaemonLeftIsTakenOver() throws Exception {
        try (JavaProgram killed = daemon()) {
            killed.kill();
            killed.exitCode(SksyncJar.LIMIT);
        }
        assertThat(inPlace(".sock")).hasSize(1);
        assertThat(status().exitCode()).isEqualTo(5);

        try (JavaProgram daemon = daemon()) {
            assertThat(status("--json").out()).contains("\"pid\":" + daemon.pid());
            assertThat(daemon.text(Stream.ERR)).isEmpty();
        }
    }

    @Test
    void theSocketOfALivingDaemonIsLeftToIt() throws Exception {
        try (JavaProgram first = daemon();
                JavaProgram second = launch("server").start()) {
            SksyncJar.port(second);

            second.awaitLine(Stream.ERR, "another daemon with the same configuration answers already", SksyncJar.LIMIT);
            assertThat(status("--json").out()).contains("\"pid\":" + first.pid());
        }
    }

    @Test
    void nothingStaysWhenTheDaemonStops() throws Exception {
        try (JavaProgram daemon = daemon()) {
            daemon.terminate();
            assertThat(SksyncJar.end(daemon).exitCode()).isEqualTo(143);
        }
        assertThat(inPlace(".sock")).isEmpty();
    }

    @Test
    void saysThatNoDaemonRunsAndHowToStartOne() throws Exception {
        Ended ended = status("-c", "other.json");

        assertThat(ended.exitCode()).isEqualTo(5);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .startsWith("error: no daemon of this user runs with "
                        + here.toRealPath().resolve("other.json"))
                .contains("sksync server -c other.json")
                .hasLineCount(1);
    }
}
