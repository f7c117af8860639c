package org.sksync.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.cli.SksyncJar.Ended;
import org.sksync.testkit.JavaProgram;
import org.sksync.testkit.JavaProgram.Stream;
import org.sksync.testkit.ScriptedPeer;
import org.sksync.testkit.TestCertificates;

/** {@code sksync.jar} as a daemon. */
class ServerCommandIT {

    @TempDir
    Path here;

    private void config(String json) throws IOException {
        Path file = Files.writeString(here.resolve("sksync.json"), json);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private Ended refused(String json) throws IOException {
        config(json);
        return SksyncJar.run(here, "server", "--port", "0");
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "server", "sksync.json", "sksync.json server", "-c sksync.json"})
    void servesTheConfigurationOfItsDirectoryAndStopsOnSigterm(String words) throws Exception {
        Files.createDirectory(here.resolve("served"));
        config("{\"host\": \"127.0.0.1\", \"port\": 0, \"require_auth\": false,"
                + " \"server_dir_whitelist\": [\"served\"]}");
        try (JavaProgram daemon = SksyncJar.launch(here, words.isEmpty() ? new String[0] : words.split(" ", -1))
                .start()) {
            assertThat(SksyncJar.port(daemon)).isPositive();
            daemon.terminate();

            Ended ended = SksyncJar.end(daemon);

            assertThat(ended.exitCode()).isEqualTo(143);
            assertThat(ended.out()).matches("listening on 127\\.0\\.0\\.1:\\d+");
            assertThat(ended.err()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "server", "server --host 127.0.0.1 --port 0"})
    void listensNowhereWithoutAConfigurationAndSaysWhatToDo(String words) throws Exception {
        Ended ended = SksyncJar.run(here, words.isEmpty() ? new String[0] : words.split(" ", -1));

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .startsWith("error: there is no sksync.json in " + here.toRealPath())
                .contains("no directory is offered and nobody can log in", "sksync init DIR", "-c FILE")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                          | offers no directory | server_dir_whitelist",
                "{\"require_auth\": false, \"server_dir_whitelist\": []}     | offers no directory | sksync init DIR",
                "{\"clients\": {\"p\": {\"server_path\": \"/s\", \"client_path\": \"c\"}}} | is for a client |"
                        + " sksync sync NAME",
            })
    void listensNowhereWhereEveryClientWouldBeTurnedAway(String json, String why, String next) throws Exception {
        Ended ended = refused(json);

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .startsWith("error: sksync.json " + why)
                .contains(next)
                .hasLineCount(1);
    }

    @Test
    void servesTheDirectoriesOfItsProfilesToEverybodyWhereThatIsWhatItSays() throws Exception {
        Path served = Files.createDirectory(here.toRealPath().resolve("served"));
        config("{\"host\": \"127.0.0.1\", \"require_auth\": false, \"clients\": {\"p\": {\"server_path\": \"" + served
                + "\", \"client_path\": \"c\"}}}");
        try (JavaProgram daemon = SksyncJar.daemon(here, "sksync.json");
                ScriptedPeer client = ScriptedPeer.client(SksyncJar.port(daemon))) {
            client.send("pysksync 2\n")
                    .expectLine("Protocol Established")
                    .send("2\n0\n" + served + "\n/there\n")
                    .expectLine("md5");
        }
    }

    @Test
    void keepsItsOwnFilesFromClientsAndWarnsOfThem() throws Exception {
        Path real = here.toRealPath();
        config("{\"host\": \"127.0.0.1\", \"require_auth\": false, \"server_dir_whitelist\": [\".\"]}");
        String before = Files.readString(here.resolve("sksync.json"));
        Files.writeString(here.resolve("sksync.json.bak-20261121-120000"), "an older one");
        try (JavaProgram daemon = SksyncJar.daemon(here, "sksync.json");
                ScriptedPeer client = ScriptedPeer.client(SksyncJar.port(daemon))) {
            client.send("pysksync 2\n")
                    .expectLine("Protocol Established")
                    .send("0\n0\n" + real + "\n/there\n")
                    .expectLine("md5")
                    .send("4000000000000 sksync.json\n4000000000000 known_servers\n\n")
                    .expectLine("")
                    .expectLine("")
                    .expectClose();
            daemon.awaitLine(Stream.ERR, "^.*session .*skipped=3 .*done$", SksyncJar.LIMIT);

            assertThat(daemon.lines(Stream.ERR))
                    .filteredOn(line -> line.startsWith("warning: "))
                    .singleElement()
                    .asString()
                    .contains("the directories that are offered hold files", "own configuration, sksync.json;", "move");
            assertThat(daemon.lines(Stream.ERR))
                    .filteredOn(line -> line.contains(" skipped sksync.json: "))
                    .singleElement()
                    .asString()
                    .contains("move the configuration out of the synced directory");
        }
        assertThat(here.resolve("sksync.json")).hasContent(before);
        assertThat(here.resolve("known_servers")).doesNotExist();
    }

    @Test
    void endsWith130WhenItIsInterrupted() throws Exception {
        config("{\"host\": \"127.0.0.1\", \"require_auth\": false, \"server_dir_whitelist\": [\"served\"]}");
        try (JavaProgram daemon = SksyncJar.daemon(here, "sksync.json")) {
            SksyncJar.port(daemon);
            SksyncJar.signal(daemon, "INT");

            assertThat(SksyncJar.end(daemon).exitCode()).isEqualTo(130);
        }
    }

    @Test
    void listensWhereItIsToldToOnTheCommandLine() throws Exception {
        config("{\"host\": \"192.0.2.1\", \"port\": 1, \"require_auth\": false, \"server_dir_whitelist\": [\".\"]}");
        try (JavaProgram daemon =
                SksyncJar.launch(here, "server", "--host", "::1", "--port", "0").start()) {
            daemon.awaitLine(Stream.OUT, "^listening on \\[::1\\]:[1-9]\\d*$", SksyncJar.LIMIT);
        }
    }

    @Test
    void saysThatAnotherListensThere() throws Exception {
        config("{\"require_auth\": false, \"server_dir_whitelist\": [\"served\"]}");
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ended ended = SksyncJar.run(
                    here, "server", "--host", "127.0.0.1", "--port", Integer.toString(other.getLocalPort()));

            assertThat(ended.exitCode()).isEqualTo(5);
            assertThat(ended.err().lines().reduce((first, last) -> last).orElseThrow())
                    .startsWith("error: can't listen on 127.0.0.1:" + other.getLocalPort())
                    .contains("--port");
            assertThat(ended.out()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"--port 65536, --port is 65536", "--port -1, --port is -1", "--host 1.2.3.4.5, --host is \"1.2.3.4.5\""
    })
    void refusesToListenWhereNobodyCan(String words, String sentence) throws Exception {
        Ended ended = SksyncJar.run(here, ("server " + words).split(" ", -1));

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).startsWith("error: " + sentence).hasLineCount(1);
    }

    @Test
    void letsASessionThatRunsFinishBeforeItStops() throws Exception {
        Path served = Files.createDirectory(here.resolve("served"));
        config("{\"require_auth\": false, \"server_dir_whitelist\": [\"" + served + "\"]}");
        // Longer than what is collected before it is written: the staging directory shows that it is under way.
        String half = "0123456789".repeat(5_000);
        byte[] content = (half + half).getBytes(US_ASCII);
        String md5 = HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
        try (JavaProgram daemon = SksyncJar.daemon(here, "sksync.json");
                ScriptedPeer client = ScriptedPeer.client(SksyncJar.port(daemon))) {
            int port = SksyncJar.port(daemon);
            client.send("pysksync 2\n")
                    .expectLine("Protocol Established")
                    .send("1\n0\n" + served + "\n/there\n")
                    .expectLine("md5")
                    .send("1700000000000 up.bin\n\n")
                    .expectLine("up.bin")
                    .send(content.length + "\n" + half);
            await().until(() -> Files.exists(served.resolve(".sksync")));

            daemon.terminate();
            await().until(() -> !isListening(port));
            client.send(half + md5 + "\n").expectLine("").expectLine("").expectClose();

            assertThat(SksyncJar.end(daemon).exitCode()).isEqualTo(143);
            assertThat(served.resolve("up.bin")).hasBinaryContent(content);
            assertThat(served.resolve(".sksync")).doesNotExist();
        }
    }

    @ParameterizedTest
    @CsvSource({"use_ssl, the Android app can't speak TLS", "require_auth, the Android app can't log in"})
    void refusesWhatSkSync1CannotDo(String key, String reason) throws Exception {
        Ended ended = refused("{\n\"sksync1_compat\": true,\n\"" + key + "\": true}");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).startsWith("error: sksync.json, line 3: " + key).contains(reason);
    }

    @Test
    void refusesTlsWithoutACertificate() throws Exception {
        Ended ended = refused("{\"use_ssl\": true}");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err())
                .startsWith("error: sksync.json, line 1: use_ssl")
                .contains("ssl_server_certfile");
    }

    @Test
    void refusesAKeyThatEverybodyMayRead() throws Exception {
        TestCertificates.Issued issued = TestCertificates.certificate().selfSigned();
        issued.writeCertificate(here.resolve("server.pem"));
        Path key = issued.writeKey(here.resolve("server.key"));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

        Ended ended = refused("{\"use_ssl\": true, \"ssl_server_certfile\": \"server.pem\", \"ssl_server_keyfile\":"
                + " \"server.key\"}");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).startsWith("error: server.key: every user").contains("chmod 600 server.key");
    }

    @Test
    void refusesAFileWithVerifiersThatOthersMayRead() throws Exception {
        config("{\"users\": {\"ann\": {\"authsrp\": [\"cf78a7a5\", \"7443\"]}}}");
        Files.setPosixFilePermissions(here.resolve("sksync.json"), PosixFilePermissions.fromString("rw-r--r--"));

        Ended ended = SksyncJar.run(here, "server", "--port", "0");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err())
                .startsWith("error: sksync.json: ")
                .contains("chmod 600 sksync.json")
                .doesNotContain("7443");
    }

    @Test
    void refusesAUsersCertificateThatIsNoFingerprint() throws Exception {
        TestCertificates.Issued issued = TestCertificates.certificate().selfSigned();
        issued.writeCertificate(here.resolve("server.pem"));
        issued.writeKey(here.resolve("server.key"));

        Ended ended = refused("{\"use_ssl\": true, \"ssl_server_certfile\": \"server.pem\", \"ssl_server_keyfile\":"
                + " \"server.key\", \"ssl_client_certfile\": \"server.pem\","
                + " \"users\": {\"ann\": {\"certificates\": [\"SHA256:12\"]}}}");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).startsWith("error: users.ann.certificates: \"SHA256:12\" (expected: SHA256: and 64");
    }

    @Test
    void warnsOfARightToADirectoryThatDoesNotExist() throws Exception {
        config("{\"host\": \"127.0.0.1\", \"require_auth\": false, \"server_dir_whitelist\": [\".\"],"
                + " \"rights\": {\"privat\": \"none\"}}");
        try (JavaProgram daemon = SksyncJar.daemon(here, "sksync.json")) {
            SksyncJar.port(daemon);
            daemon.terminate();

            assertThat(SksyncJar.end(daemon).err().lines())
                    .anySatisfy(line ->
                            assertThat(line).startsWith("warning: rights: ").contains("privat does not exist"));
        }
    }

    @Test
    void saysHowAKeyThatIsNotInTheCertificatesFileIsNamed() throws Exception {
        TestCertificates.certificate().selfSigned().writeCertificate(here.resolve("server.pem"));

        Ended ended = refused("{\"use_ssl\": true, \"ssl_server_certfile\": \"server.pem\"}");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).startsWith("error: server.pem: ").contains("private key", "ssl_server_keyfile");
    }

    @Test
    void warnsOfWhatCannotWorkAndSaysWhatToDo() throws Exception {
        config("{\"host\": \"127.0.0.1\", \"ssdp_advertise\": true, \"server_dir_whitelist\": [\"gone\"]}");
        try (JavaProgram daemon = SksyncJar.daemon(here, "sksync.json")) {
            SksyncJar.port(daemon);
            daemon.terminate();

            assertThat(SksyncJar.end(daemon).err().lines())
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .startsWith("warning: nobody can log in")
                                    .contains("sksync useredit add NAME -c sksync.json"),
                            line -> assertThat(line)
                                    .startsWith("warning: directory: \"gone\" does not exist")
                                    .contains(here.toRealPath().resolve("gone").toString()),
                            line -> assertThat(line)
                                    .startsWith("warning: nothing is advertised")
                                    .contains("127.0.0.1", "0.0.0.0"));
        }
    }
}
