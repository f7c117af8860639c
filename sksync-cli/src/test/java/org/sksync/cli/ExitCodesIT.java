package org.sksync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sksync.cli.SksyncJar.Ended;
import org.sksync.cli.command.ExitCode;
import org.sksync.testkit.JavaProgram;
import org.sksync.testkit.ScriptedPeer;

/** Every exit code of a sync, provoked; the process ends with it, and its last line of JSON says the same. */
class ExitCodesIT {

    private static final int NOBODYS_PORT = 1;

    @TempDir
    static Path servers;

    private static Path served;
    private static JavaProgram daemon;
    private static int port;

    @TempDir
    Path here;

    private Path copy;

    @BeforeAll
    static void startDaemon() throws IOException {
        served = Files.createDirectory(servers.resolve("served"));
        Files.writeString(
                servers.resolve("sksync.json"),
                "{\"require_auth\": false, \"server_dir_whitelist\": [\"" + served + "\"]}");
        daemon = SksyncJar.daemon(servers, "sksync.json");
        port = SksyncJar.port(daemon);
    }

    @AfterAll
    static void stopDaemon() {
        daemon.close();
    }

    @BeforeEach
    void makeAPlaceForTheCopy() throws IOException {
        copy = Files.createDirectory(here.resolve("copy"));
    }

    @ParameterizedTest
    @EnumSource
    void isWhatTheProcessEndsWithAndWhatItsLastLineSays(ExitCode code) throws Exception {
        Ended ended = provoke(code);

        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(code.code());
        List<String> types = JsonSchemas.typesOfValid(ended.out());
        List<String> lines = ended.out().lines().toList();
        if (code == ExitCode.DONE) {
            assertThat(types).containsExactly("summary");
        } else {
            assertThat(types).containsOnlyOnce("exit_error").endsWith("exit_error");
            assertThat(lines.get(lines.size() - 1))
                    .contains("\"code\":" + code.code() + ",\"name\":\""
                            + code.name().toLowerCase(Locale.ROOT) + "\"");
        }
        assertThat(ended.err()).isEmpty();
    }

    private Ended provoke(ExitCode code) throws Exception {
        return switch (code) {
            case DONE -> sync(port, "");
            case PARTIAL -> {
                Files.writeString(copy.resolve("no\\name"), "can't travel");
                yield sync(port, "");
            }
            case BUSY -> syncWhileAnotherRuns();
            case NETWORK -> sync(NOBODYS_PORT, "");
            case PATH -> sync(port, ", \"server_path\": \"/elsewhere\"");
            case IDENTITY -> sync(port, ", \"username\": \"nobody\", \"password\": \"wrong\"");
            case ERROR -> syncWithAnOddServer();
            case USAGE -> SksyncJar.run(here, "sync", "p", "--json", "-c", "missing.json");
            case HUNG_UP -> stopped("HUP");
            case INTERRUPTED -> stopped("INT");
            case TERMINATED -> stopped("TERM");
        };
    }

    /** Syncs with the daemon, by a profile with more keys, or other values of those that it has. */
    private Ended sync(int serverPort, String more) throws IOException {
        Path file = Files.writeString(here.resolve("sksync.json"), """
                {"clients": {"p": {"host": "127.0.0.1", "port": %d, "server_path": "%s", "client_path": "%s" %s}}}""".formatted(serverPort, served, copy, more));
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        return SksyncJar.run(here, "sync", "p", "--json", "-q");
    }

    private Ended syncWithAnOddServer() throws IOException {
        try (ScriptedPeer server = ScriptedPeer.server()) {
            server.play(peer -> {
                PlayedServer.receiveRequest(peer, "pysksync 2");
                peer.send("\n../evil\n").expectClose();
            });
            Ended ended = sync(server.port(), "");
            server.verify();
            return ended;
        }
    }

    private Ended syncWhileAnotherRuns() throws Exception {
        try (PlayedServer server = PlayedServer.left("a.bin")) {
            Files.writeString(here.resolve("sksync.json"), server.config(copy));
            try (JavaProgram first =
                    SksyncJar.launch(here, "sync", "p", "--json", "-q").start()) {
                await().atMost(SksyncJar.LIMIT).until(() -> Files.exists(copy.resolve(".sksync")));
                Ended second = SksyncJar.run(here, "sync", "p", "--json", "-q");
                SksyncJar.signal(first, "TERM");
                SksyncJar.end(first);
                return second;
            }
        }
    }

    private Ended stopped(String signal) throws Exception {
        try (PlayedServer server = PlayedServer.left("a.bin")) {
            Files.writeString(here.resolve("sksync.json"), server.config(copy));
            try (JavaProgram client =
                    SksyncJar.launch(here, "sync", "p", "--json", "-q").start()) {
                await().atMost(SksyncJar.LIMIT).until(() -> Files.exists(copy.resolve(".sksync")));
                SksyncJar.signal(client, signal);
                return SksyncJar.end(client);
            }
        }
    }
}
