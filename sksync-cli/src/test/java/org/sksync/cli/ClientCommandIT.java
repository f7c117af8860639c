package org.sksync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sksync.cli.SksyncJar.Ended;
import org.sksync.testkit.JavaProgram;
import org.sksync.testkit.ScriptedPeer;
import org.sksync.testkit.TestCertificates;

/** {@code sksync.jar} as a client of two daemons: one that asks for nothing, one with TLS and users. */
class ClientCommandIT {

    /** Nobody listens there: the port is not for users. */
    private static final int NOBODYS_PORT = 1;

    @TempDir
    static Path servers;

    private static Path served;
    private static JavaProgram open;
    private static JavaProgram closed;
    private static int openPort;
    private static int closedPort;

    @TempDir
    Path here;

    private Path copy;

    @BeforeAll
    static void startDaemons() throws Exception {
        served = Files.createDirectory(servers.resolve("served"));
        Files.writeString(served.resolve("a.txt"), "hello");
        write(servers.resolve("open.json"), Map.of("require_auth", "false", "server_dir_whitelist", array(served)));
        write(
                servers.resolve("closed.json"),
                tls("server", TestCertificates.certificate().selfSigned()));
        Ended added = SksyncJar.end(
                SksyncJar.launch(servers, "useredit", "add", "ann", "--password-stdin", "-c", "closed.json")
                        .stdin("secret word\n"));
        assertThat(added.exitCode()).as(added.err()).isZero();
        open = SksyncJar.daemon(servers, "open.json");
        closed = SksyncJar.daemon(servers, "closed.json");
        openPort = SksyncJar.port(open);
        closedPort = SksyncJar.port(closed);
    }

    @AfterAll
    static void stopDaemons() {
        open.close();
        closed.close();
    }

    @BeforeEach
    void makeAPlaceForTheCopy() throws IOException {
        copy = Files.createDirectory(here.resolve("copy"));
    }

    /** The keys of a server with that certificate, whose files are written beside it. */
    private static Map<String, String> tls(String name, TestCertificates.Issued issued) throws IOException {
        issued.writeCertificate(servers.resolve(name + ".pem"));
        issued.writeKey(servers.resolve(name + ".key"));
        return Map.of(
                "use_ssl", "true",
                "ssl_server_certfile", quoted(servers.resolve(name + ".pem")),
                "ssl_server_keyfile", quoted(servers.resolve(name + ".key")),
                "server_dir_whitelist", array(served));
    }

    private static String quoted(Object value) {
        return '"' + value.toString() + '"';
    }

    private static String array(Path path) {
        return "[" + quoted(path) + "]";
    }

    private static String object(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> quoted(member.getKey()) + ": " + member.getValue())
                .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
    }

    private static void write(Path file, Map<String, String> members) throws IOException {
        Files.writeString(file, object(members));
    }

    /** A profile from {@code served} to {@code copy}; more keys, or other values of these, come in pairs. */
    private String profile(int port, String... more) {
        Map<String, String> members = new java.util.TreeMap<>(Map.of(
                "host", quoted("127.0.0.1"),
                "port", Integer.toString(port),
                "server_path", quoted(served),
                "client_path", quoted(copy)));
        for (int i = 0; i < more.length; i += 2) {
            members.put(more[i], more[i + 1]);
        }
        return object(members);
    }

    private String secureProfile(String... more) {
        return profile(
                closedPort,
                Stream.concat(
                                Stream.of("use_ssl", "true", "username", "\"ann\"", "password", "\"secret word\""),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    private void profiles(Map<String, String> profiles) throws IOException {
        Path file = here.resolve("sksync.json");
        write(file, Map.of("clients", object(profiles)));
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    }

    private Ended sync(String profile, String... more) throws IOException {
        profiles(Map.of("p", profile));
        return SksyncJar.run(
                here, Stream.concat(Stream.of("client", "p"), Stream.of(more)).toArray(String[]::new));
    }

    private void assertNothingOfOursIsLeft() {
        assertThat(copy.resolve(".sksync")).doesNotExist();
    }

    @Test
    void printsNothingButTheSummaryWhenPiped() throws Exception {
        Ended ended = sync(profile(openPort));

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out())
                .matches("p: received 1 file \\(5 B\\), sent 0 files \\(0 B\\), skipped 0, \\d+\\.\\d s");
        assertThat(ended.err()).isEmpty();
        assertThat(copy.resolve("a.txt")).hasContent("hello");
        assertNothingOfOursIsLeft();
    }

    @Test
    void neitherSendsNorReplacesItsOwnConfiguration() throws Exception {
        Path theirs = Files.createDirectory(servers.resolve("served/" + here.getFileName()));
        Files.writeString(theirs.resolve("sksync.json"), "{}");
        Files.writeString(theirs.resolve("known_servers"), "127.0.0.1:1 SHA256:" + "0a".repeat(32) + "\n");
        Files.writeString(here.resolve("mine.txt"), "mine");

        Ended ended = sync(profile(
                openPort,
                "client_path",
                quoted(here),
                "server_path",
                quoted(theirs),
                "sync_type",
                "\"bidirectional_use_time\""));

        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(3);
        assertThat(ended.out())
                .contains("received 0 files", "sent 1 file ", "skipped 2")
                .contains("skipped sksync.json: it is part of this machine's own configuration", "move");
        assertThat(theirs.resolve("sksync.json")).hasContent("{}");
        assertThat(here.resolve("sksync.json")).content().contains("client_path");
        assertThat(here.resolve("known_servers")).doesNotExist();
    }

    @Test
    void takesPysksyncsOrderOfWords() throws Exception {
        profiles(Map.of("p", profile(openPort)));

        assertThat(SksyncJar.run(here, "sksync.json", "client", "p").exitCode()).isZero();
        assertThat(copy.resolve("a.txt")).hasContent("hello");
    }

    @Test
    void syncsEveryProfileAndEndsWithTheWorstCode() throws Exception {
        profiles(Map.of(
                "good", profile(openPort),
                "nobody", profile(NOBODYS_PORT),
                "missing", profile(openPort, "client_path", quoted(here.resolve("missing")))));

        Ended ended = SksyncJar.run(here, "client", "missing", "nobody", "good");

        assertThat(ended.exitCode()).isEqualTo(8);
        assertThat(ended.err().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("error: missing: client_path " + here.resolve("missing"))
                                .contains("plug its disk in, or create it"),
                        line -> assertThat(line)
                                .startsWith("error: nobody: can't connect to 127.0.0.1:1: ")
                                .doesNotContain("/127.0.0.1"));
        assertThat(ended.out()).startsWith("good: received 1 file").hasLineCount(1);
    }

    @Test
    void beginsNoSyncWhenOneOfTheProfilesIsUnknown() throws Exception {
        profiles(Map.of("good", profile(openPort)));

        Ended ended = SksyncJar.run(here, "client", "good", "godo");

        assertThat(ended)
                .isEqualTo(new Ended(
                        2, "", "error: sksync.json: there is no client profile \"godo\"; did you mean \"good\"?"));
        assertThat(copy).isEmptyDirectory();
    }

    @Test
    void namesTheProfilesWhenNoneIsNamed() throws Exception {
        profiles(Map.of("good", profile(openPort)));

        assertThat(SksyncJar.run(here, "client"))
                .isEqualTo(new Ended(2, "", "error: which profile? sksync.json has good"));
    }

    @Test
    void endsWith3AndNamesTheFilesThatWereLeftOut() throws Exception {
        Files.writeString(copy.resolve("\u9152.txt"), "sake");
        try (JavaProgram old = startOldServer()) {
            Ended ended = sync(
                    profile(SksyncJar.port(old), "sksync1_compat", "true", "sync_type", quoted("to_server_no_time")));

            assertThat(ended.exitCode()).as(ended.err()).isEqualTo(3);
            assertThat(ended.out().lines())
                    .satisfiesExactly(line -> assertThat(line).contains("skipped 1"), line -> assertThat(line)
                            .startsWith("  skipped \u9152.txt: ")
                            .contains("sksync 1"));
        }
    }

    private JavaProgram startOldServer() throws IOException {
        write(servers.resolve("old.json"), Map.of("sksync1_compat", "true", "server_dir_whitelist", array(served)));
        return SksyncJar.daemon(servers, "old.json");
    }

    @ParameterizedTest
    @CsvSource({
        "username, null,             the server demands a login",
        "password, '\"wrong word\"', the server refused the login of user ann",
        "username, '\"bob\"',        the server refused the login of user bob",
    })
    void endsWith6WhenTheLoginFails(String key, String value, String sentence) throws Exception {
        Ended ended = sync(secureProfile("ssl_server_certfile", quoted(servers.resolve("server.pem")), key, value));

        assertThat(ended.exitCode()).isEqualTo(6);
        assertThat(ended.err()).startsWith("error: p: " + sentence).hasLineCount(1);
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void endsWith6WhenTheServerIsNotTheOneThatIsPinned() throws Exception {
        Path another = TestCertificates.certificate().selfSigned().writeCertificate(here.resolve("another.pem"));

        Ended ended = sync(secureProfile("ssl_server_certfile", quoted(another)));

        assertThat(ended.exitCode()).isEqualTo(6);
        assertThat(ended.err()).startsWith("error: p: ").contains("certificate").hasLineCount(1);
        assertThat(copy).isEmptyDirectory();
    }

    @Test
    void endsWith0WhenTheServerIsTheOneThatIsPinned() throws Exception {
        Ended ended = sync(secureProfile("ssl_server_certfile", quoted(servers.resolve("server.pem"))));

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.err()).isEmpty();
        assertThat(here.resolve("known_servers")).doesNotExist();
    }

    @Test
    void trustsACertificateOnFirstUseAndRefusesAnotherOne() throws Exception {
        Ended first = sync(secureProfile());
        Ended second = sync(secureProfile());

        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.err())
                .startsWith("warning: first contact with 127.0.0.1:" + closedPort)
                .containsPattern("SHA256:[0-9a-f]{64}")
                .hasLineCount(1);
        assertThat(second.exitCode()).isZero();
        assertThat(second.err()).isEmpty();

        String known = Files.readString(here.resolve("known_servers")).strip();
        String trusted = known.substring(known.indexOf(' ') + 1);
        assertThat(first.err()).contains(trusted);
        write(
                servers.resolve("changed.json"),
                tls("changed", TestCertificates.certificate().selfSigned()));
        try (JavaProgram changed = SksyncJar.daemon(servers, "changed.json")) {
            int port = SksyncJar.port(changed);
            Files.writeString(here.resolve("known_servers"), "127.0.0.1:" + port + " " + trusted + "\n");

            Ended third = sync(secureProfile("port", Integer.toString(port)));

            assertThat(third.exitCode()).isEqualTo(6);
            assertThat(third.err())
                    .startsWith("error: p: TLS: the certificate of 127.0.0.1:" + port + " has changed: it was "
                            + trusted + " and is SHA256:")
                    .contains("delete line 1 of " + here.toRealPath().resolve("known_servers"))
                    .hasLineCount(1);
            assertThat(Files.readString(here.resolve("known_servers")))
                    .contains(trusted)
                    .hasLineCount(1);
        }
    }

    @Test
    void endsWith8WhenTheServerRefusesTheDirectory() throws Exception {
        Ended ended = sync(profile(openPort, "server_path", quoted(here)));

        assertThat(ended.exitCode()).isEqualTo(8);
        assertThat(ended.err())
                .startsWith("error: p: ")
                .contains(here.toString(), "does not allow that directory")
                .hasLineCount(1);
    }

    @Test
    void endsWith8WhenTheDirectoryHereIsAFile() throws Exception {
        Path file = Files.writeString(here.resolve("file"), "");

        Ended ended = sync(profile(openPort, "client_path", quoted(file)));

        assertThat(ended.exitCode()).isEqualTo(8);
        assertThat(ended.err()).isEqualTo("error: p: client_path " + file + ": is no directory");
    }

    @Test
    void endsWith8WhereTheDirectoryHereHoldsKeysUnlessThatIsAllowed() throws Exception {
        Files.createDirectory(copy.resolve(".ssh"));

        Ended refused = sync(profile(openPort));
        Ended allowed = sync(profile(openPort, "allow_wide_client_path", "true"));

        assertThat(refused.exitCode()).isEqualTo(8);
        assertThat(refused.err())
                .startsWith("error: p: client_path " + copy + " holds .ssh")
                .contains("allow_wide_client_path")
                .hasLineCount(1);
        assertThat(allowed.exitCode()).as(allowed.err()).isZero();
    }

    @Test
    void requireTlsRefusesAPlainConnectionAndACertificateThatNobodyVouchesFor() throws Exception {
        Ended plain = sync(profile(openPort, "require_tls", "true"));
        Ended unknown = sync(secureProfile("require_tls", "true"));
        Ended pinned = sync(
                secureProfile("require_tls", "true", "ssl_server_certfile", quoted(servers.resolve("server.pem"))));

        assertThat(plain.exitCode()).isEqualTo(2);
        assertThat(plain.err()).contains("require_tls is true, but use_ssl is false");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("require_tls is true", "127.0.0.1:" + closedPort, "known_servers");
        assertThat(here.resolve("known_servers")).doesNotExist();
        assertThat(pinned.exitCode()).as(pinned.err()).isZero();
    }

    @Test
    void endsWith8WhereTheUserMayOnlyFetch() throws Exception {
        String daemonsFile = Files.readString(servers.resolve("closed.json"));
        Path limited = servers.resolve("limited.json");
        Files.copy(servers.resolve("closed.json"), limited);
        Files.writeString(
                limited,
                daemonsFile.replaceFirst(
                        "\"ann\"\\s*:\\s*\\{", "\"ann\": { \"rights\": {" + quoted(served) + ": \"read\"},"));
        Files.setPosixFilePermissions(limited, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        try (JavaProgram daemon = SksyncJar.daemon(servers, "limited.json")) {
            String port = Integer.toString(SksyncJar.port(daemon));
            String pinned = quoted(servers.resolve("server.pem"));

            Ended fetched = sync(secureProfile(
                    "port", port, "ssl_server_certfile", pinned, "sync_type", "\"from_server_use_time\""));
            Ended stored = sync(
                    secureProfile("port", port, "ssl_server_certfile", pinned, "sync_type", "\"to_server_use_time\""));

            assertThat(fetched.exitCode()).as(fetched.err()).isZero();
            assertThat(stored.exitCode()).isEqualTo(8);
        }
    }

    @Test
    void endsWith1WhenTheServerBreaksTheRules() throws Exception {
        try (ScriptedPeer server = ScriptedPeer.server()) {
            server.play(peer -> {
                PlayedServer.receiveRequest(peer, "pysksync 2");
                peer.send("\n../evil\n1700000000000\n4\nevil").expectClose();
            });

            Ended ended = sync(profile(server.port()));

            server.verify();
            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.err()).startsWith("error: p: ").hasLineCount(1);
            assertThat(here.resolve("evil")).doesNotExist();
            assertNothingOfOursIsLeft();
        }
    }

    @Test
    void endsWith2WhenThePasswordIsMissingAndNobodyIsThereToAsk() throws Exception {
        Ended ended = sync(secureProfile("password", "null"));

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err())
                .startsWith("error: p: the password of user ann is missing")
                .contains("terminal")
                .hasLineCount(1);
    }

    @Test
    void showsWhereAnErrorComesFromWithDebugOnly() throws Exception {
        String profile = profile(NOBODYS_PORT);

        assertThat(sync(profile).err()).hasLineCount(1);
        assertThat(sync(profile, "--debug").err()).contains("    at org.sksync.client.");
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void leavesTheOldFileAndNoOtherWhenItIsStoppedInTheMiddle(String signal, int exitCode) throws Exception {
        Path file = Files.writeString(copy.resolve("big.bin"), "old");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
        try (ScriptedPeer server = ScriptedPeer.server()) {
            server.play(peer -> {
                PlayedServer.receiveRequest(peer, "pysksync 2");
                peer.send("\nbig.bin\n1700000000000\n1000000\n" + "x".repeat(1000))
                        .within(SksyncJar.LIMIT)
                        .expectClose();
            });
            profiles(Map.of("p", profile(server.port())));
            try (JavaProgram client = SksyncJar.launch(here, "client", "p").start()) {
                await().atMost(SksyncJar.LIMIT).until(() -> Files.exists(copy.resolve(".sksync")));
                SksyncJar.signal(client, signal);

                Ended ended = SksyncJar.end(client);

                assertThat(ended.exitCode()).isEqualTo(exitCode);
                assertThat(ended.err())
                        .isEqualTo(
                                "warning: p: interrupted; what has arrived whole is kept, run it again for the rest");
                assertThat(ended.out()).isEmpty();
            }
            server.verify();
        }
        assertThat(file).hasContent("old");
        assertNothingOfOursIsLeft();
    }
}
