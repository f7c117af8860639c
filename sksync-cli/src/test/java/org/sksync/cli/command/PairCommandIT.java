package org.sksync.cli.command;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.cli.SksyncJar;
import org.sksync.cli.SksyncJar.Ended;
import org.sksync.cli.setup.Invitation;
import org.sksync.config.ConfigReader;
import org.sksync.discovery.Discovery;
import org.sksync.testkit.JavaProgram;
import org.sksync.testkit.TestCertificates;
import org.sksync.testkit.TlsEar;
import org.sksync.transport.tls.Fingerprint;
import picocli.CommandLine;

/** {@code pair} with a person at the terminal. */
class PairCommandIT {

    private static final int USAGE = 2;
    private static final int NETWORK = 5;
    private static final int IDENTITY = 6;
    private static final int INTERRUPTED = 130;

    private static final String ANSWER = """
            HTTP/1.1 200 OK\r
            Location:127.0.0.1:%d\r
            ST:urn:schemas-upnp-org:service:sksync:1\r
            LEVEL:pysksync 2\r
            FP:%s\r
            \r
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path desk;

    @TempDir
    private Path other;

    private String line;
    private JavaProgram daemon;
    private DatagramSocket network;
    private InetSocketAddress asked;

    @BeforeEach
    void setUpTheDesk() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(free.getLocalPort());
            Ended init = SksyncJar.run(desk, "init", "notes", "--name", "127.0.0.1", "--port", port, "-q");
            assertThat(init.exitCode()).as(init.err()).isZero();
            line = init.out();
        }
        daemon = SksyncJar.launch(desk, "server", "--host", "127.0.0.1").start();
        assertThat(SksyncJar.port(daemon)).isPositive();
    }

    @BeforeEach
    void openANetwork() throws Exception {
        network = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        asked = new InetSocketAddress(InetAddress.getLoopbackAddress(), network.getLocalPort());
    }

    @AfterEach
    void stopTheDesk() {
        network.close();
        daemon.close();
    }

    /** Answers whoever searches, until the test is over. */
    private void advertise(int port, Fingerprint fingerprint) {
        byte[] answer = ANSWER.formatted(port, fingerprint.hex()).getBytes(US_ASCII);
        Thread answering = new Thread(() -> {
            try {
                while (true) {
                    DatagramPacket search = new DatagramPacket(new byte[2000], 2000);
                    network.receive(search);
                    network.send(new DatagramPacket(answer, answer.length, search.getSocketAddress()));
                }
            } catch (IOException e) {
                // The test is over.
                return;
            }
        });
        answering.setDaemon(true);
        answering.start();
    }

    private Invitation invitation() throws Exception {
        return Invitation.parse(line);
    }

    /** Returns the line of the desk when it was at another address. */
    private String lineOfBefore() {
        return line.replace("@127.0.0.1:", "@127.0.0.2:").replaceFirst("(\\?fp=[0-9a-f]+).*", "$1");
    }

    private int pair(ScriptedPerson person, String... words) {
        Terminals terminals = display ->
                new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), Optional.of(person), display);
        ServerSearch search = (time, trouble) -> Discovery.ask(asked, Duration.ofSeconds(2));
        return new CommandLine(new PairCommand(terminals, InputStream.nullInputStream(), Clock.systemUTC(), search))
                .execute(words);
    }

    @Test
    void asksForTheLineWithoutEchoAndThenForTheDirectory() throws Exception {
        Path file = other.resolve("sksync.json");
        ScriptedPerson person = new ScriptedPerson(line, other.resolve("mine").toString());

        assertThat(pair(person, "-c", file.toString())).as(err.toString()).isZero();

        assertThat(person.questions())
                .containsExactly(
                        "Paste the line that sksync init printed (it does not appear here; without one, press Enter):"
                                + " (hidden)",
                        "Folder here to keep in step ["
                                + Path.of(System.getProperty("user.home")).resolve("notes") + "]: ");
        assertThat(ConfigReader.read(file).profile("notes").clientPath())
                .isEqualTo(other.toRealPath().resolve("mine"));
        assertThat(other.resolve("mine")).isEmptyDirectory();
    }

    @Test
    void writesNoProfileWhereTheInputEnds() throws Exception {
        Path file = other.resolve("sksync.json");

        assertThat(pair(new ScriptedPerson(), "-c", file.toString())).isEqualTo(INTERRUPTED);
        assertThat(pair(new ScriptedPerson(line), "-c", file.toString())).isEqualTo(INTERRUPTED);

        assertNothingIsWritten();
    }

    @Test
    void saysOfADirectoryThatIsThereWhatWillBecomeOfItsFiles() throws Exception {
        Files.writeString(Files.createDirectory(other.resolve("mine")).resolve("a"), "mine");
        Path file = other.resolve("sksync.json");

        assertThat(pair(new ScriptedPerson(line, other.resolve("mine").toString()), "-c", file.toString()))
                .isZero();

        assertThat(err.toString())
                .contains("mine is not empty", "sends the files in it")
                .hasLineCount(1);
        assertThat(ConfigReader.read(file).profileNames()).containsExactly("notes");
    }

    @Test
    void opensNoDirectoryToTheClientsOfADaemonInTheSameFile() throws Exception {
        Path file = other.resolve("sksync.json");
        Files.writeString(file, "{\"require_auth\": false}");

        assertThat(pair(new ScriptedPerson(line, other.resolve("mine").toString()), "-c", file.toString()))
                .isEqualTo(USAGE);

        assertThat(err.toString()).contains("set server_dir_whitelist").hasLineCount(1);
        assertThat(file).hasContent("{\"require_auth\": false}");
        assertThat(other.resolve("mine")).doesNotExist();
        assertThat(other.resolve("known_servers")).doesNotExist();
    }

    @Test
    void keepsAnotherFingerprintThatIsKnownForTheServer() throws Exception {
        Path file = other.resolve("sksync.json");
        String known = "127.0.0.1:" + line.replaceFirst("^[^@]*@[^:]*:(\\d+)/.*$", "$1") + " SHA256:" + "0".repeat(64);
        Files.writeString(other.resolve("known_servers"), known + "\n");

        assertThat(pair(new ScriptedPerson(line, other.resolve("mine").toString()), "-c", file.toString()))
                .isEqualTo(USAGE);

        assertThat(err.toString()).contains("another fingerprint is kept");
        assertThat(file).doesNotExist();
        assertThat(other.resolve("known_servers")).hasContent(known);
        assertThat(other.resolve("mine")).doesNotExist();
    }

    @Test
    void findsTheServerOfTheLineWhereItIsNow() throws Exception {
        Path file = other.resolve("sksync.json");
        int port = invitation().port();
        advertise(port, invitation().fingerprint());
        ScriptedPerson person =
                new ScriptedPerson(lineOfBefore(), "", other.resolve("mine").toString());

        assertThat(pair(person, "-c", file.toString())).as(err.toString()).isZero();

        assertThat(person.questions())
                .hasSize(3)
                .element(1)
                .isEqualTo("Found 127.0.0.1 at 127.0.0.1:" + port + " with the same certificate; use it? [Y/n]: ");
        assertThat(err.toString())
                .startsWith("warning: can't connect to 127.0.0.2:")
                .hasLineCount(1);
        assertThat(ConfigReader.read(file).profile("notes").host()).isEqualTo("127.0.0.1");
        assertThat(other.resolve("known_servers"))
                .hasContent("127.0.0.1:" + port + " " + invitation().fingerprint());
    }

    @Test
    void writesNothingWhereThePersonWantsNoOtherServer() throws Exception {
        advertise(invitation().port(), invitation().fingerprint());

        assertThat(pair(
                        new ScriptedPerson(lineOfBefore(), "n"),
                        "-c",
                        other.resolve("sksync.json").toString()))
                .isEqualTo(NETWORK);

        assertThat(err.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("warning: can't connect"),
                        line -> assertThat(line).startsWith("error: the server of the line was not met"));
        assertNothingIsWritten();
    }

    @Test
    void tellsNothingToAServerThatOnlyClaimsTheCertificateOfTheLine() throws Exception {
        try (TlsEar liar = new TlsEar(TestCertificates.certificate().selfSigned())) {
            advertise(liar.port(), invitation().fingerprint());

            assertThat(pair(
                            new ScriptedPerson(lineOfBefore(), "y"),
                            "-c",
                            other.resolve("sksync.json").toString()))
                    .isEqualTo(IDENTITY);

            assertThat(liar.heard()).isEmpty();
        }
        assertThat(err.toString()).contains("the peer's certificate is SHA256:");
        assertNothingIsWritten();
    }

    @Test
    void offersNoServerWithAnotherCertificate() throws Exception {
        advertise(invitation().port(), new Fingerprint("SHA256:" + "0".repeat(64)));
        ScriptedPerson person = new ScriptedPerson(lineOfBefore());

        assertThat(pair(person, "-c", other.resolve("sksync.json").toString())).isEqualTo(NETWORK);

        assertThat(person.questions()).hasSize(1);
        assertThat(err.toString())
                .startsWith("error: can't connect to 127.0.0.2:")
                .hasLineCount(1);
        assertNothingIsWritten();
    }

    @Test
    void listsServersForWhoeverHasNoLineAndAsksOnceMore() throws Exception {
        Path file = other.resolve("sksync.json");
        advertise(invitation().port(), invitation().fingerprint());
        ScriptedPerson person =
                new ScriptedPerson("", line, other.resolve("mine").toString());

        assertThat(pair(person, "-c", file.toString())).as(err.toString()).isZero();

        assertThat(out.toString())
                .contains(
                        "127.0.0.1  127.0.0.1:" + invitation().port() + "  pysksync 2  "
                                + invitation().fingerprint(),
                        "sksync init ",
                        "sksync useredit add NAME ");
        assertThat(person.questions()).hasSize(3);
        assertThat(ConfigReader.read(file).profileNames()).containsExactly("notes");
    }

    @Test
    void saysHowToHaveALineWhereNobodyIsFound() throws Exception {
        assertThat(pair(
                        new ScriptedPerson(""),
                        "-c",
                        other.resolve("sksync.json").toString()))
                .isEqualTo(INTERRUPTED);

        assertThat(err.toString()).startsWith("warning: no server was found in the network; ");
        assertThat(out.toString()).contains("sksync init ");
        assertNothingIsWritten();
    }

    private void assertNothingIsWritten() throws Exception {
        try (var files = Files.list(other)) {
            assertThat(files).isEmpty();
        }
    }
}
