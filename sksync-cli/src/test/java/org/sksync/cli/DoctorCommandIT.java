package org.sksync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.cli.SksyncJar.Ended;
import org.sksync.testkit.JavaProgram;
import org.sksync.testkit.TestCertificates;
import org.sksync.testkit.TestCertificates.Issued;

/** {@code sksync doctor} of the jar, with a daemon that has TLS and a user, and with what is broken. */
class DoctorCommandIT {

    /** Nobody listens there: the port is not for users. */
    private static final int NOBODYS_PORT = 1;

    @TempDir
    static Path servers;

    private static Path served;
    private static Path serverConfig;
    private static JavaProgram daemon;
    private static int port;

    @TempDir
    Path temp;

    private Path here;
    private Path copy;

    @BeforeAll
    static void startDaemon() throws Exception {
        served = Files.createDirectory(servers.toRealPath().resolve("served"));
        serverConfig = servers.resolve("sksync.json");
        Instant now = Instant.now();
        writeKeys(
                "server",
                TestCertificates.certificate()
                        .valid(now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(90)))
                        .selfSigned());
        Files.writeString(serverConfig, """
                { "host": "127.0.0.1", "port": 0, "use_ssl": true,
                  "ssl_server_certfile": "server.pem", "ssl_server_keyfile": "server.key",
                  "server_dir_whitelist": ["%s"] }
                """.formatted(served));
        Ended added = SksyncJar.end(SksyncJar.launch(servers, "useredit", "add", "ann", "--password-stdin")
                .stdin("secret word\n"));
        assertThat(added.exitCode()).as(added.err()).isZero();
        daemon = SksyncJar.daemon(servers, "sksync.json");
        port = SksyncJar.port(daemon);
    }

    @AfterAll
    static void stopDaemon() {
        daemon.close();
    }

    @BeforeEach
    void makePlaces() throws Exception {
        here = temp.toRealPath();
        copy = Files.createDirectory(here.resolve("copy"));
    }

    private static void writeKeys(String name, Issued issued) throws IOException {
        issued.writeCertificate(servers.resolve(name + ".pem"));
        issued.writeKey(servers.resolve(name + ".key"));
    }

    /** Writes a configuration with one profile, whose keys are given with apostrophes, and examines it. */
    private Ended examine(int at, String keys, String... words) throws IOException {
        String serverPath = keys.contains("'server_path'") ? "" : "'server_path': '" + served + "', ";
        String config = """
                { "host": "127.0.0.1", "port": %d, "use_ssl": true, "username": "ann", "password": "secret word",
                  "clients": { "p": { %s } } }
                """.formatted(at, (serverPath + keys).replace('\'', '"'));
        Path file = Files.writeString(here.resolve("sksync.json"), config);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return doctor(words);
    }

    private Ended doctor(String... words) throws IOException {
        String[] all = new String[words.length + 1];
        all[0] = "doctor";
        System.arraycopy(words, 0, all, 1, words.length);
        Ended ended = SksyncJar.run(here, all);
        assertThat(ended.out() + ended.err()).doesNotContain("secret word");
        return ended;
    }

    private String goodKeys() {
        return "'client_path': '" + copy + "', 'ssl_server_certfile': '" + servers.resolve("server.pem") + "'";
    }

    private static void assertBad(Ended ended, int exitCode, String... words) {
        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isEqualTo(exitCode);
        assertThat(ended.out().lines().filter(line -> line.startsWith("BAD ")).toList())
                .as(ended.out())
                .singleElement()
                .asString()
                .contains(words);
    }

    @Test
    void findsNothingBadInAProfileThatWorks() throws Exception {
        Ended ended = examine(port, goodKeys());

        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
        assertThat(ended.out())
                .contains("ok    locale: ", "ok    configuration: ", "ok    p: user ann can log in")
                .doesNotContain("BAD  ");
        assertThat(ended.out().lines()).last().asString().matches("0 BAD, \\d+ warn, \\d+ ok, \\d+ skip");
        assertThat(ended.err()).isEmpty();
        assertThat(copy).isEmptyDirectory();
        assertThat(here).isDirectoryNotContaining("glob:**known_servers*");
    }

    @Test
    void findsNothingBadInADaemonThatRuns() throws Exception {
        Path running = Files.writeString(
                servers.resolve("running.json"),
                Files.readString(serverConfig).replaceFirst("\"port\"\\s*:\\s*0", "\"port\": " + port));
        Files.setPosixFilePermissions(running, PosixFilePermissions.fromString("rw-------"));

        Ended ended = SksyncJar.run(servers, "doctor", "-c", "running.json");

        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
        assertThat(ended.out())
                .contains("the daemon listens on port " + port + " with its certificate", "1 user can log in");
        assertThat(served).isEmptyDirectory();
    }

    @Test
    void tellsOfTroubleAloneWhenItIsToBeQuiet() throws Exception {
        assertThat(examine(port, goodKeys(), "-q")).isEqualTo(new Ended(0, "", ""));

        Ended down = examine(NOBODYS_PORT, goodKeys(), "-q");

        assertThat(down.exitCode()).isEqualTo(5);
        assertThat(down.err()).startsWith("warning: BAD: p: ").hasLineCount(1);
    }

    @Test
    void tellsInJsonToo() throws Exception {
        Ended ended = examine(port, goodKeys(), "--json");

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out().lines()).allMatch(line -> line.startsWith("{\"message_type\":\""));
        assertThat(ended.out()).contains("{\"message_type\":\"finding\",\"status\":\"ok\",\"what\":\"locale: ");
        assertThat(ended.out().lines()).last().asString().startsWith("{\"message_type\":\"findings\",\"bad\":0,");
    }

    @Test
    void saysThatTheDaemonIsDown() throws Exception {
        assertBad(examine(NOBODYS_PORT, goodKeys()), 5, "can't be reached on port 1", "start the daemon");
    }

    @Test
    void saysThatThePasswordIsWrong() throws Exception {
        assertBad(examine(port, goodKeys() + ", 'password': 'another'"), 6, "refused the login of user ann", "check");
    }

    @Test
    void saysThatTheCertificateIsAnotherThanTheKnownOne() throws Exception {
        Files.writeString(here.resolve("known_servers"), "127.0.0.1:" + port + " SHA256:" + "0a".repeat(32) + "\n");

        assertBad(
                examine(port, "'client_path': '" + copy + "'"),
                6,
                "has changed: it was SHA256:" + "0a".repeat(32),
                "known_servers");
    }

    @Test
    void saysThatTheCertificateHasExpired() throws Exception {
        writeKeys("old", TestCertificates.expired().selfSigned());
        Files.writeString(servers.resolve("old.json"), """
                { "host": "127.0.0.1", "port": 0, "use_ssl": true, "require_auth": false,
                  "ssl_server_certfile": "old.pem", "ssl_server_keyfile": "old.key",
                  "server_dir_whitelist": ["%s"] }
                """.formatted(served));

        Ended ended = SksyncJar.run(servers, "doctor", "-c", "old.json");

        assertBad(ended, 6, "old.pem", "ended on", "renew it");
    }

    @Test
    void saysThatTheDirectoryIsMissing() throws Exception {
        Files.delete(copy);

        assertBad(examine(port, goodKeys()), 8, copy.toString(), "create it");
    }

    @Test
    void saysThatTheServerDoesNotOfferTheDirectory() throws Exception {
        assertBad(
                examine(port, goodKeys() + ", 'server_path': '/somewhere/else'"),
                8,
                "/somewhere/else",
                "does not allow that directory");
    }

    @Test
    void saysThatOthersMayReadTheConfiguration() throws Exception {
        Files.writeString(here.resolve("sksync.json"), "{\"username\": \"ann\", \"password\": \"secret word\"}");
        Files.setPosixFilePermissions(here.resolve("sksync.json"), PosixFilePermissions.fromString("rw-r--r--"));

        assertBad(doctor(), 2, "chmod 600 sksync.json");
    }

    @Test
    void passesOverALoginWhosePasswordNobodyIsThereToType() throws Exception {
        Ended ended = examine(port, goodKeys() + ", 'password': null");

        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
        assertThat(ended.out()).contains("skip  p: the password of user ann is missing");
    }

    @Test
    void saysWhoListensOnTheDaemonsPort() throws Exception {
        try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(here.resolve("sksync.json"), """
                    { "host": "127.0.0.1", "port": %d, "require_auth": false, "server_dir_whitelist": ["%s"] }
                    """.formatted(stranger.getLocalPort(), copy));

            assertBad(doctor(), 5, "can't listen on 127.0.0.1:" + stranger.getLocalPort(), "stop what listens there");
        }
        assertThat(doctor().out()).contains("is free, so no daemon runs there; start it with: sksync server");
    }

    @Test
    void examinesInALocaleThatCanNotNameFilesToo() throws Exception {
        Files.writeString(
                here.resolve("sksync.json"),
                "{\"port\": 0, \"require_auth\": false, \"users\": {}," + " \"server_dir_whitelist\": [\"" + copy
                        + "\"]}");

        Ended ended = SksyncJar.end(SksyncJar.launch(here, "doctor").environment("LC_ALL", "C"));

        assertBad(ended, 2, "locale", "LC_ALL=C.UTF-8");
    }
}
