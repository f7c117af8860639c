package org.sksync.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.cli.SksyncJar.Ended;
import org.sksync.cli.setup.Invitation;
import org.sksync.testkit.JavaProgram;

/** From nothing to a synced folder: {@code init} on one machine, {@code pair} and a sync on another. */
class FirstRunIT {

    @TempDir
    static Path desk;

    private static Path notes;
    private static int port;
    private static Ended init;
    private static String line;
    private static JavaProgram daemon;

    @TempDir
    Path other;

    private Path copy;

    @BeforeAll
    static void setUpTheDesk() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        notes = desk.toRealPath().resolve("my notes");
        init = SksyncJar.run(
                desk, "init", "my notes", "--name", "127.0.0.1", "--port", Integer.toString(port), "--user", "me");
        assertThat(init.exitCode()).as(init.err()).isZero();
        line = init.out()
                .lines()
                .filter(each -> each.startsWith("sksync://"))
                .findFirst()
                .orElseThrow();
        Files.writeString(notes.resolve("todo.txt"), "from the desk");
        daemon = SksyncJar.launch(desk, "server", "--host", "127.0.0.1").start();
        assertThat(SksyncJar.port(daemon)).isEqualTo(port);
    }

    @AfterAll
    static void stopTheDesk() {
        daemon.close();
    }

    @BeforeEach
    void chooseAPlaceForTheCopy() throws IOException {
        copy = other.toRealPath().resolve("copy");
    }

    private Ended pair(String pasted, String... more) throws IOException {
        String[] words = Stream.concat(Stream.of("pair", "--stdin", "--dir", "copy"), Stream.of(more))
                .toArray(String[]::new);
        return SksyncJar.end(SksyncJar.launch(other, words).stdin(pasted + "\n"));
    }

    private static Map<Path, String> contents(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .collect(Collectors.toMap(file -> file, FirstRunIT::content, (a, b) -> a, TreeMap::new));
        }
    }

    private static String content(Path file) {
        try {
            return new String(Files.readAllBytes(file), ISO_8859_1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void syncsAFolderAfterThreeCommands() throws Exception {
        Ended paired = pair(line);
        Ended synced = SksyncJar.run(other, "client", "my notes");

        assertThat(paired.exitCode()).as(paired.err()).isZero();
        assertThat(paired.out())
                .contains("made the folder " + copy, "wrote the profile my notes", "\n  sksync sync 'my notes'\n")
                .endsWith("  sksync sync 'my notes' -c " + other.resolve("sksync.json"));
        assertThat(synced.exitCode()).as(synced.err()).isZero();
        assertThat(synced.err())
                .as("no first contact: the certificate is known")
                .isEmpty();
        assertThat(copy.resolve("todo.txt")).hasContent("from the desk");
        assertThat(mode(other.resolve("sksync.json"))).isEqualTo("rw-------");
    }

    @Test
    void tellsInJsonWhatWasSetUp() throws Exception {
        Ended desktop = SksyncJar.run(other, "init", "books", "--json");
        Ended phone = SksyncJar.run(other, "init", "music", "--android", "-c", "phone.json", "--json");
        Ended paired = pair(line, "--json", "-c", "client.json");
        Ended again = pair(line, "--json", "-c", "client.json");
        Ended unreachable = pair(line.replace(":" + port + "/", ":1/"), "--json", "-c", "client.json", "--name", "n");

        assertThat(JsonSchemas.typesOfValid(desktop)).containsExactly("init");
        assertThat(JsonSchemas.typesOfValid(phone)).containsExactly("warning", "init");
        assertThat(JsonSchemas.typesOfValid(paired)).containsExactly("pair");
        assertThat(JsonSchemas.typesOfValid(again)).containsExactly("error", "exit_error");
        assertThat(JsonSchemas.typesOfValid(unreachable)).containsExactly("error", "exit_error");
        assertThat(desktop.out()).contains("\"invitation\":\"sksync://");
        assertThat(phone.out()).contains("\"hosts\":[\"");
        assertThat(paired.out() + again.out() + unreachable.out())
                .doesNotContain(Invitation.parse(line).password().reveal());
    }

    @Test
    void tellsWhatToDoNextOnBothMachines() {
        assertThat(init.out())
                .contains(
                        "made the folder " + notes,
                        "wrote " + desk.resolve("sksync.json"),
                        "  sksync server -c " + desk.resolve("sksync.json"),
                        "  sksync service install -c " + desk.resolve("sksync.json"),
                        "  sksync pair")
                .doesNotContain("\u2588");
        assertThat(init.err()).isEmpty();
    }

    @Test
    void writesFilesForTheirOwnerAlone() throws Exception {
        assertThat(List.of("sksync.json", "sksync.key", "sksync.pem"))
                .allSatisfy(name -> assertThat(mode(desk.resolve(name))).isEqualTo("rw-------"));
    }

    @Test
    void keepsThePasswordInTheClientsConfigurationAlone() throws Exception {
        String password = Invitation.parse(line).password().reveal();
        assertThat(pair(line).exitCode()).isZero();
        assertThat(SksyncJar.run(other, "client", "my notes").exitCode()).isZero();

        assertThat(contents(desk)).isNotEmpty().allSatisfy((file, content) -> assertThat(content)
                .doesNotContain(password));
        assertThat(contents(other)).allSatisfy((file, content) -> {
            if (!file.equals(other.resolve("sksync.json"))) {
                assertThat(content).doesNotContain(password);
            }
        });
        assertThat(daemon.text(JavaProgram.Stream.OUT) + daemon.text(JavaProgram.Stream.ERR))
                .doesNotContain(password);
    }

    @Test
    void hasNoSecretAmongTheWordsOfAProcess() throws Exception {
        String password = Invitation.parse(line).password().reveal();
        try (JavaProgram waiting =
                SksyncJar.launch(other, "pair", "--stdin", "--dir", "copy").start()) {
            waiting.type(line);

            assertThat(new String(Files.readAllBytes(Path.of("/proc", Long.toString(waiting.pid()), "cmdline")), UTF_8))
                    .contains("pair")
                    .doesNotContain(password);
        }
    }

    @Test
    void takesNoLineAsAnArgumentAndDoesNotRepeatIt() throws Exception {
        Ended ended = SksyncJar.run(other, "pair", line);

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("never an argument").doesNotContain("sksync://");
    }

    @Test
    void writesNothingWhereAnotherServerIsMet() throws Exception {
        String fingerprint = Invitation.parse(line).fingerprint().hex();
        String another =
                line.replace(fingerprint, fingerprint.substring(1) + (fingerprint.charAt(0) == '0' ? '1' : '0'));

        Ended ended = pair(another);

        assertThat(ended.exitCode()).isEqualTo(6);
        assertThat(ended.err())
                .contains("the peer's certificate is SHA256:" + fingerprint, "from the invitation")
                .hasLineCount(1);
        assertThat(contents(other)).isEmpty();
        assertThat(copy).doesNotExist();
    }

    @Test
    void triesTheAddressesInTurnAndKeepsTheOneThatIsTheServers() throws Exception {
        String elsewhereFirst = line.replace("@127.0.0.1:", "@127.0.0.2:").replaceFirst("(\\?fp=[0-9a-f]+).*", "$1")
                + "&host=127.0.0.1";

        Ended paired = pair(elsewhereFirst);

        assertThat(paired.exitCode()).as(paired.err()).isZero();
        assertThat(Files.readString(other.resolve("known_servers"))).startsWith("127.0.0.1:" + port + " SHA256:");
        assertThat(SksyncJar.run(other, "client", "my notes").exitCode()).isZero();
    }

    @Test
    void writesNothingWhereNobodyIsThere() throws Exception {
        Ended ended = pair(line.replace("@127.0.0.1:", "@127.0.0.2:").replaceFirst("(\\?fp=[0-9a-f]+).*", "$1"));

        assertThat(ended.exitCode()).isEqualTo(5);
        assertThat(ended.err()).contains("can't connect to 127.0.0.2:" + port).hasLineCount(1);
        assertThat(contents(other)).isEmpty();
    }

    @Test
    void writesNothingWhereThePasswordIsWrong() throws Exception {
        Ended ended = pair(line.replace(":" + Invitation.parse(line).password().reveal() + "@", ":wrong@"));

        assertThat(ended.exitCode()).isEqualTo(6);
        assertThat(ended.err())
                .contains("the server refused the login of user me")
                .hasLineCount(1);
        assertThat(contents(other)).isEmpty();
    }

    @Test
    void writesNothingWhereTheDirectoryIsRefused() throws Exception {
        Ended ended = pair(line.replace("my%20notes", "yours"));

        assertThat(ended.exitCode()).isEqualTo(8);
        assertThat(ended.err()).contains("does not allow that directory").hasLineCount(1);
        assertThat(contents(other)).isEmpty();
    }

    @Test
    void writesNothingOfALineThatIsCut() throws Exception {
        Ended ended = pair(line.substring(0, line.indexOf("?fp=") + 20));

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("fp: ").hasLineCount(1);
        assertThat(contents(other)).isEmpty();
    }

    @Test
    void keepsAProfileOfTheSameNameAndTakesAnother() throws Exception {
        assertThat(pair(line).exitCode()).isZero();
        Map<Path, String> before = contents(other);

        Ended again = pair(line);

        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).contains("\"my notes\" already", "--name").hasLineCount(1);
        assertThat(contents(other)).isEqualTo(before);
        assertThat(pair(line, "--name", "second").exitCode()).isZero();
        assertThat(SksyncJar.run(other, "client", "second").exitCode()).isZero();
    }

    @Test
    void makesAProfileThatIgnoresWhatADaemonInTheSameFileHas() throws Exception {
        Ended own = SksyncJar.run(other, "init", "served", "--port", "1", "--no-qr");
        assertThat(own.exitCode()).as(own.err()).isZero();

        assertThat(pair(line).exitCode()).isZero();

        Ended synced = SksyncJar.run(other, "client", "my notes");
        assertThat(synced.exitCode()).as(synced.err()).isZero();
        assertThat(copy.resolve("todo.txt")).hasContent("from the desk");
    }

    @Test
    void overwritesNothingThatIsThere() throws Exception {
        for (String name : List.of("sksync.json", "sksync.pem", "sksync.key")) {
            Path mine = Files.createDirectory(other.resolve("with " + name));
            Files.writeString(mine.resolve(name), "mine");

            Ended ended = SksyncJar.run(mine, "init", "dir");

            assertThat(ended.exitCode()).as(name).isEqualTo(2);
            assertThat(ended.err()).contains(name + " is there already and stays as it is", "-c FILE");
            assertThat(contents(mine)).containsOnly(Map.entry(mine.resolve(name), "mine"));
            assertThat(mine.resolve("dir")).doesNotExist();
        }
    }

    @Test
    void servesTheHomeDirectoryToNobody() throws Exception {
        Ended ended = SksyncJar.end(SksyncJar.launch(other, "init", ".").vmArgs("-Duser.home=" + other.toRealPath()));

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("is or holds your home directory").hasLineCount(1);
        assertThat(contents(other)).isEmpty();
    }

    @Test
    void namesTheMissingWordWhereNobodyIsThereToAsk() throws Exception {
        assertThat(SksyncJar.run(other, "init").err())
                .startsWith("error: missing: DIR")
                .hasLineCount(1);
        assertThat(SksyncJar.run(other, "pair").err()).contains("--stdin").hasLineCount(1);
        Ended noDirectory =
                SksyncJar.end(SksyncJar.launch(other, "pair", "--stdin").stdin(line + "\n"));
        assertThat(noDirectory.exitCode()).isEqualTo(2);
        assertThat(noDirectory.err()).startsWith("error: missing: --dir DIR").hasLineCount(1);
        assertThat(contents(other)).isEmpty();
    }

    @Test
    void servesTheAndroidAppAndTellsWhatToTypeIntoIt() throws Exception {
        Ended android = SksyncJar.run(other, "init", "phone", "--android", "--name", "10.1.2.3");
        Path phone = other.toRealPath().resolve("phone");

        assertThat(android.exitCode()).as(android.err()).isZero();
        assertThat(android.err()).contains("neither password nor encryption").hasLineCount(1);
        assertThat(android.out())
                .contains("server         10.1.2.3", "port           23456", "server folder  " + phone);
        assertThat(other.resolve("sksync.key")).doesNotExist();

        Files.writeString(phone.resolve("a.txt"), "from the desk");
        Files.createDirectory(copy);
        try (JavaProgram old = SksyncJar.launch(other, "server", "--host", "127.0.0.1", "--port", "0")
                .start()) {
            Ended added = SksyncJar.run(
                    other,
                    "job",
                    "add",
                    "phone",
                    "--host",
                    "127.0.0.1",
                    "--port",
                    Integer.toString(SksyncJar.port(old)),
                    "--server-path",
                    phone.toString(),
                    "--client-path",
                    "copy");
            Ended synced = SksyncJar.run(other, "client", "phone");

            assertThat(added.exitCode()).as(added.err()).isZero();
            assertThat(synced.exitCode()).as(synced.err()).isZero();
            assertThat(copy.resolve("a.txt")).hasContent("from the desk");
        }
    }
}
