package org.sksync.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.HexFormat;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.cli.SksyncJar.Ended;
import org.sksync.testkit.JavaProgram;
import org.sksync.testkit.JavaProgram.Stream;
import org.sksync.testkit.ScriptedPeer;
import org.sksync.testkit.TestCertificates;
import org.sksync.testkit.TestCertificates.Issued;

/** A daemon whose configuration changes while it runs. */
class ReloadIT {

    private static final String READ_AGAIN = "configuration read again: ";

    @TempDir
    Path here;

    private Path served;
    private JavaProgram daemon;

    @BeforeEach
    void makeTree() throws IOException {
        served = Files.createDirectory(here.toRealPath().resolve("served"));
        Files.writeString(served.resolve("f"), "from the server");
    }

    @AfterEach
    void stop() {
        if (daemon != null) {
            daemon.close();
        }
    }

    /** Replaces the configuration as editors do: a new file takes the place of the old one. */
    private void config(String json) throws IOException {
        Path next = Files.writeString(here.resolve("sksync.json.next"), json);
        Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-------"));
        Files.move(next, here.resolve("sksync.json"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String open(String root) {
        return "{\"host\": \"127.0.0.1\", \"require_auth\": false, \"server_dir_whitelist\": [\"" + root + "\"]}";
    }

    private int start(String json) throws IOException {
        config(json);
        daemon = SksyncJar.daemon(here, "sksync.json");
        return SksyncJar.port(daemon);
    }

    private String logged(String regex) {
        return daemon.awaitLine(Stream.ERR, regex, SksyncJar.LIMIT).group();
    }

    private Ended userEdit(String... words) throws IOException {
        String[] all = new String[words.length + 1];
        all[0] = "useredit";
        System.arraycopy(words, 0, all, 1, words.length);
        return SksyncJar.end(SksyncJar.launch(here, all).stdin("correct horse\n"));
    }

    /** Returns the bytes of a login's first word. */
    private static String login(String user) {
        return "PYSKSYNC SRP START:" + HexFormat.of().formatHex(user.getBytes(UTF_8)) + " 02\n";
    }

    private Ended sync(int port, String user) throws IOException {
        Path own = Files.createDirectories(here.resolve("own-" + user));
        Path file = Files.writeString(here.resolve(user + ".json"), """
                {"host": "127.0.0.1", "port": %d, "username": "%s", "password": "correct horse", "clients": {"p": {
                "server_path": "%s", "client_path": "%s"}}}""".formatted(port, user, served, own));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return SksyncJar.run(here, "client", "p", "-c", file.toString());
    }

    @Test
    void aUserThatUsereditAddsGetsInAndOneThatItRemovesDoesNot() throws Exception {
        int port = start("{\"host\": \"127.0.0.1\", \"server_dir_whitelist\": [\"" + served + "\"]}");

        assertThat(userEdit("add", "ann", "--password-stdin").exitCode()).isZero();
        logged(READ_AGAIN + "users \\+1 -0$");
        assertThat(sync(port, "ann").exitCode()).isZero();
        assertThat(here.resolve("own-ann/f")).hasContent("from the server");

        assertThat(userEdit("remove", "ann").exitCode()).isZero();
        logged(READ_AGAIN + "users \\+0 -1$");
        assertThat(sync(port, "ann").exitCode()).isEqualTo(6);
        assertThat(daemon.text(Stream.ERR)).doesNotContainIgnoringCase("authsrp");
    }

    @Test
    void aRunningSessionEndsWhoseDirectoryIsTakenFromTheWhitelist() throws Exception {
        Path other = Files.createDirectory(here.resolve("other")).toRealPath();
        int port = start(open(served.toString()));
        try (ScriptedPeer running = ScriptedPeer.client(port)) {
            running.send("pysksync 2\n")
                    .expectLine("Protocol Established")
                    .send("1\n0\n" + served + "\n/there\n")
                    .expectLine("md5");

            config(open(other.toString()));

            running.within(SksyncJar.LIMIT).expectClose();
            logged(READ_AGAIN + "server_dir_whitelist \\+1 -1$");
            logged("session .*cut short: the configuration has changed, server path: ");
        }
        try (ScriptedPeer late = ScriptedPeer.client(port)) {
            late.send("pysksync 2\n")
                    .expectLine("Protocol Established")
                    .send("1\n0\n" + other + "\n/there\n")
                    .expectLine("md5");
        }
    }

    @Test
    void aFileThatIsWrongChangesNothingAndIsLoggedOnceWithLineAndKey() throws Exception {
        int port = start(open(served.toString()));
        logNothingNew();

        config("{\"host\": \"127.0.0.1\",\n\"require_auth\": \"no\"}");

        assertThat(logged("configuration not taken.*"))
                .contains("stays in force: sksync.json, line 2: require_auth is \"no\", but must be true or false");
        try (ScriptedPeer peer = ScriptedPeer.client(port)) {
            peer.send("pysksync 2\n")
                    .expectLine("Protocol Established")
                    .send("1\n0\n" + served + "\n/there\n")
                    .expectLine("md5");
        }
        config(open(here.toRealPath().toString()));
        logged(READ_AGAIN + "server_dir_whitelist \\+1 -1$");
        assertThat(daemon.lines(Stream.ERR))
                .filteredOn(line -> line.contains("not taken"))
                .hasSize(1);
    }

    /** Waits for the first look, so that what comes next is a change. */
    private void logNothingNew() throws Exception {
        SksyncJar.signal(daemon, "HUP");
        logged(READ_AGAIN + "nothing new for sessions$");
    }

    @Test
    void aFileThatOthersMayReadIsNotTakenUntilItsModeIsRight() throws Exception {
        start(open(served.toString()));
        config("{\"host\": \"127.0.0.1\", \"users\": {\"ann\": {\"authsrp\": [\"cf78a7a5\", \"7443\"]}}}");
        logged(READ_AGAIN);
        Path file = here.resolve("sksync.json");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(logged("configuration not taken.*"))
                .contains("chmod 600 sksync.json")
                .doesNotContain("7443");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        await().atMost(SksyncJar.LIMIT).untilAsserted(() -> assertThat(daemon.lines(Stream.ERR))
                .filteredOn(line -> line.contains(READ_AGAIN))
                .hasSize(2));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void theSignalHupHasItReadAgainAndDoesNotEndTheDaemon() throws Exception {
        int port = start(open(served.toString()));

        for (int i = 0; i < 3; i++) {
            SksyncJar.signal(daemon, "HUP");
        }

        await().atMost(SksyncJar.LIMIT).untilAsserted(() -> assertThat(daemon.lines(Stream.ERR))
                .filteredOn(line -> line.endsWith(READ_AGAIN + "nothing new for sessions"))
                .isNotEmpty());
        try (ScriptedPeer peer = ScriptedPeer.client(port)) {
            peer.send("pysksync 2\n").expectLine("Protocol Established");
        }
        daemon.terminate();
        assertThat(SksyncJar.end(daemon).exitCode()).isEqualTo(143);
    }

    @Test
    void saysWhatTakesARestart() throws Exception {
        int port = start(open(served.toString()));

        config(open(served.toString()).replace("127.0.0.1", "localhost"));

        logged("host: what these say by now takes a restart of the daemon to have an effect$");
        try (ScriptedPeer peer = ScriptedPeer.client(port)) {
            peer.send("pysksync 2\n").expectLine("Protocol Established");
        }
    }

    @Test
    void newConnectionsAreShownTheCertificateThatWasRenewed() throws Exception {
        Issued first = TestCertificates.certificate().selfSigned();
        Issued second = TestCertificates.certificate().selfSigned();
        first.writeCertificate(here.resolve("server.pem"));
        first.writeKey(here.resolve("server.key"));
        int port = start(open(served.toString())
                .replace(
                        "{",
                        "{\"use_ssl\": true, \"ssl_server_certfile\": \"server.pem\", \"ssl_server_keyfile\":"
                                + " \"server.key\", "));
        assertThat(shown(first, port)).isEqualTo(first.certificate());

        // One after the other, as those do who renew certificates.
        second.writeCertificate(here.resolve("server.pem"));
        second.writeKey(here.resolve("server.key"));

        logged(READ_AGAIN + "a certificate that ends on ");
        logged("the certificate ends on ");
        assertThat(shown(second, port)).isEqualTo(second.certificate());
    }

    private static Certificate shown(Issued issued, int port) throws IOException {
        try (SSLSocket socket = (SSLSocket) issued.sockets().createSocket("localhost", port)) {
            socket.setSoTimeout((int) Duration.ofSeconds(10).toMillis());
            socket.startHandshake();
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    @Test
    void anUnknownUsersSaltStaysWhenUsersChange() throws Exception {
        int port = start("{\"host\": \"127.0.0.1\", \"server_dir_whitelist\": [\"" + served + "\"]}");
        String before = salt(port);

        assertThat(userEdit("add", "ann", "--password-stdin").exitCode()).isZero();
        logged(READ_AGAIN + "users");

        assertThat(salt(port)).isEqualTo(before);
    }

    private static String salt(int port) {
        try (ScriptedPeer peer = ScriptedPeer.client(port)) {
            return peer.send(login("nobody")).readLine().split(" ", -1)[0];
        }
    }
}
