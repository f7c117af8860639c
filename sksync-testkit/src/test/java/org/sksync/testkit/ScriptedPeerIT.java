package org.sksync.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ScriptedPeerIT {
    private static final Duration SHORT = Duration.ofMillis(100);

    private final ScriptedPeer peer = ScriptedPeer.server();
    private Socket program;

    /** The program under test, as far as these tests need one. */
    @BeforeEach
    void connectProgram() throws IOException {
        program = new Socket(InetAddress.getLoopbackAddress(), peer.port());
        peer.accept();
    }

    @AfterEach
    void closeAll() throws IOException {
        program.close();
        peer.close();
    }

    private void programSends(String bytes) throws IOException {
        program.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    }

    private String programReads(int count) throws IOException {
        return new String(program.getInputStream().readNBytes(count), ISO_8859_1);
    }

    @Nested
    class Expecting {
        @Test
        void takesExactlyTheExpectedAndLeavesTheRest() throws IOException {
            programSends("sksync 1\n2\n\u0000\u00ffabc123456");

            peer.expectLine("sksync 1").expect("2\n").expect(new byte[] {0, -1});

            assertThat(peer.readExactly(2)).isEqualTo(new byte[] {'a', 'b'});
            peer.discard(2).expect("23456");
        }

        @Test
        void keepsCarriageReturnAndHighBytesInALine() throws IOException {
            programSends("a\r\u0080\u00ff\n\n");

            assertThat(peer.readLine()).isEqualTo("a\r\u0080\u00ff");
            assertThat(peer.readLine()).isEmpty();
        }

        @Test
        void namesTheFirstOtherByteAndWhatArrived() throws IOException {
            programSends("sksync 2\n");

            assertThatThrownBy(() -> peer.expect("sksync 1\n"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("byte 7: 0x32 (expected: 0x31 of \"sksync 1\\n\")")
                    .hasMessageContaining("9 bytes arrived: \"sksync 2\\n\"");
        }

        @Test
        void namesTheOtherLine() throws IOException {
            programSends("b\n");

            assertThatThrownBy(() -> peer.expectLine("a"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("line: \"b\" (expected: \"a\")");
        }

        @Test
        void showsSeedAndWhatArrivedWhenTheRestDoesNotCome() throws IOException {
            programSends("half a li");

            assertThatThrownBy(() ->
                            peer.within(SHORT).with(Cuts.random(4711)).send("x").readLine())
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("nothing more came within PT0.1S")
                    .hasMessageContaining("random cuts, seed 4711")
                    .hasMessageContaining("1 bytes sent")
                    .hasMessageContaining("\"half a li\"");
        }

        @Test
        void failsWhenTheProgramClosesTooEarly() throws IOException {
            programSends("hal");
            program.close();

            assertThatThrownBy(() -> peer.expect("half"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("byte 3: closed");
            assertThatThrownBy(() -> peer.discard(1)).isInstanceOf(AssertionError.class);
        }

        @Test
        void showsOnlyTheLastOfMuch() throws IOException {
            byte[] much = new byte[3_000_000];
            Arrays.fill(much, (byte) '.');
            Thread sending = new Thread(() -> {
                try {
                    program.getOutputStream().write(much);
                    program.getOutputStream().write('!');
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            sending.start();

            peer.discard(much.length);

            assertThatThrownBy(() -> peer.expect("?"))
                    .hasMessageContaining("3000001 bytes arrived: ...")
                    .hasMessageEndingWith(".!\"")
                    .satisfies(thrown -> assertThat(thrown.getMessage()).hasSizeLessThan(3000));
        }

        @Test
        void refusesTextThatIsNoBytes() {
            assertThatThrownBy(() -> peer.expectLine("\u20ac")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> peer.send("\u20ac")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class Closing {
        @Test
        void acceptsAnEndOfStream() throws IOException {
            program.close();

            peer.expectEndOfStream().expectClose();
        }

        @Test
        void tellsAResetFromAnEndOfStream() throws IOException {
            program.setSoLinger(true, 0);
            program.close();

            assertThatThrownBy(peer::expectEndOfStream)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("reset");
        }

        @Test
        void countsAResetAsAClose() throws IOException {
            program.setSoLinger(true, 0);
            program.close();

            peer.expectClose();
        }

        @Test
        void refusesBytesBeforeTheClose() throws IOException {
            programSends("\n");
            program.close();

            assertThatThrownBy(peer::expectClose)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("more bytes came: \"\\n\"");
        }

        @Test
        void refusesBytesThatAStepBeforeLeft() throws IOException {
            programSends("ab");
            peer.expect("a");
            program.close();

            assertThatThrownBy(peer::expectClose).hasMessageContaining("more bytes came: \"b\"");
        }

        @Test
        void failsWhenNobodyCloses() {
            assertThatThrownBy(() -> peer.within(SHORT).expectClose())
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("nothing more came within");
        }

        @Test
        void doesNotTakeItsOwnCloseForTheOthers() {
            peer.send("x", Fault.CLOSE);

            assertThatThrownBy(peer::expectClose)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("this peer had closed the connection itself");
        }
    }

    @Nested
    class Sending {
        @ParameterizedTest
        @MethodSource("org.sksync.testkit.ScriptedPeerIT#cuts")
        void everyCutDeliversTheSameBytes(Cuts cuts) throws IOException {
            byte[] message = new byte[1000];
            new Random(2).nextBytes(message);

            peer.with(cuts).send(message).send("end");

            assertThat(program.getInputStream().readNBytes(1000)).isEqualTo(message);
            assertThat(programReads(3)).isEqualTo("end");
        }

        @Test
        void failsWhenNothingIsTaken() {
            assertThatThrownBy(() -> peer.within(SHORT).send(new byte[50_000_000]))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("of 50000000 bytes, then nothing was taken for PT0.1S");
        }
    }

    @Nested
    class Faults {
        @Test
        void closeSendsNothingAndEndsTheStream() throws IOException {
            peer.send("before").send("message", Fault.CLOSE);

            assertThat(programReads(20)).isEqualTo("before");
        }

        @Test
        void halfCloseEndsTheStreamAndGoesOnReading() throws IOException {
            peer.send("message", Fault.HALF_CLOSE);

            assertThat(programReads(20)).isEmpty();
            programSends("still heard\n");
            peer.expectLine("still heard");
        }

        @Test
        void resetIsNoEndOfStream() {
            peer.send("message", Fault.RESET);

            assertThatThrownBy(() -> program.getInputStream().read()).isInstanceOf(SocketException.class);
        }

        @Test
        void stallSendsNothingMoreOnAnOpenConnection() throws IOException {
            peer.send("message", Fault.STALL);

            assertThatThrownBy(() -> peer.send("more"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("stalls");
            programSends("heard\n");
            peer.expectLine("heard");
            program.close();
            peer.expectClose();
        }

        @Test
        void garbageIsAsLongAndNotTheMessage() throws IOException {
            peer.send("a message of a certain length", Fault.GARBAGE).send("|");

            assertThat(programReads(30)).doesNotContain("message").hasSize(30).endsWith("|");
        }

        @Test
        void truncateSendsHalfAndCloses() throws IOException {
            peer.send("12345", Fault.TRUNCATE);

            assertThat(programReads(20)).isEqualTo("12");
        }

        @Test
        void duplicateSendsTwice() throws IOException {
            peer.send("12", Fault.DUPLICATE).send("|");

            assertThat(programReads(5)).isEqualTo("1212|");
        }

        @Test
        void slowSendsAll() throws IOException {
            peer.within(SHORT).send("a message that takes longer than the limit", Fault.SLOW);

            assertThat(programReads(42)).isEqualTo("a message that takes longer than the limit");
        }

        @ParameterizedTest
        @EnumSource(Fault.class)
        void faultOfTheFirstMessageWaitsForItsConnection(Fault fault) throws IOException {
            try (ScriptedPeer fresh = ScriptedPeer.server();
                    Socket late = new Socket(InetAddress.getLoopbackAddress(), fresh.port())) {
                fresh.send("message", fault);

                assertThat(late.isConnected()).isTrue();
            }
        }
    }

    @Nested
    class Scripts {
        @Test
        void playsOnItsOwnThreadWhileTheProgramBlocks() throws IOException {
            peer.play(script -> script.expectLine("hello").send("world").expectClose());

            programSends("hello\n");
            assertThat(programReads(5)).isEqualTo("world");
            program.close();
            peer.verify();
        }

        @Test
        void verifyHandsOnTheStepThatFailed() throws IOException {
            peer.play(script -> script.expectLine("hello"));
            programSends("goodbye\n");

            assertThatThrownBy(peer::verify)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("line: \"goodbye\" (expected: \"hello\")");
        }

        @Test
        void verifyHandsOnWhatTheScriptItselfThrew() {
            peer.play(script -> {
                throw new GeneralSecurityException("no such group");
            });

            assertThatThrownBy(peer::verify)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("no such group")
                    .hasCauseInstanceOf(GeneralSecurityException.class);
        }

        @Test
        void closeFailsWhenAFailureWasNotVerified() throws IOException {
            ScriptedPeer unverified = ScriptedPeer.server();
            try (Socket late = new Socket(InetAddress.getLoopbackAddress(), unverified.port())) {
                unverified.play(script -> script.send("x", Fault.CLOSE).readLine());
                assertThat(late.getInputStream().read()).isEqualTo(-1);

                assertThatThrownBy(unverified::close).isInstanceOf(AssertionError.class);
            }
        }

        @Test
        void closeFailsWhenTheScriptStillRuns() {
            ScriptedPeer unfinished = ScriptedPeer.server().play(script -> script.expectLine("never"));

            assertThatThrownBy(unfinished::close)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("still ran");
        }

        @Test
        void verifyWithoutAScriptIsAMistake() {
            assertThatThrownBy(peer::verify).isInstanceOf(IllegalStateException.class);
            peer.play(script -> {});
            assertThatThrownBy(() -> peer.play(script -> {})).isInstanceOf(IllegalStateException.class);
            peer.verify();
        }
    }

    @Nested
    class Connecting {
        @Test
        void clientAndServerTalk() {
            try (ScriptedPeer server = ScriptedPeer.server()) {
                server.play(
                        script -> script.expectLine("question").send("answer").expectEndOfStream());
                try (ScriptedPeer client = ScriptedPeer.client(server.port())) {
                    client.with(Cuts.BYTE_BY_BYTE).send("question\n").expect("answer");
                }
                server.verify();
            }
        }

        @Test
        void serverAcceptsOneAfterTheOther() {
            try (ScriptedPeer server = ScriptedPeer.server();
                    ScriptedPeer first = ScriptedPeer.client(server.port());
                    ScriptedPeer second = ScriptedPeer.client(server.port())) {
                server.accept().send("1");
                first.expect("1");
                server.accept().send("2");
                second.expect("2");
                first.expectEndOfStream();
            }
        }

        @Test
        void clientFailsWhereNobodyListens() throws IOException {
            int free;
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                free = socket.getLocalPort();
            }

            assertThatThrownBy(() -> ScriptedPeer.client(free))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("connect to port " + free);
        }

        @Test
        void serverFailsWhenNobodyConnects() {
            try (ScriptedPeer lonely = ScriptedPeer.server().within(SHORT)) {
                assertThatThrownBy(lonely::readLine)
                        .isInstanceOf(AssertionError.class)
                        .hasMessageContaining("nobody connected within PT0.1S");
            }
        }

        @Test
        void clientHasNoPort() throws IOException {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    ScriptedPeer client = ScriptedPeer.client(socket.getLocalPort())) {
                assertThatThrownBy(client::port).isInstanceOf(IllegalStateException.class);
            }
        }
    }

    @Nested
    class Tls {
        @TempDir
        private Path directory;

        private SSLSocketFactory tls;

        @BeforeEach
        void makeCertificate() throws Exception {
            tls = TestCertificate.in(directory).socketFactory();
        }

        @Test
        void clientAndServerTalkInsideTls() {
            try (ScriptedPeer server = ScriptedPeer.server(tls)) {
                server.play(
                        script -> script.expectLine("question").send("answer").expectEndOfStream());
                try (ScriptedPeer client = ScriptedPeer.client(server.port(), tls)) {
                    client.with(Cuts.random(1)).send("question\n").expect("answer");
                }
                server.verify();
            }
        }

        @Test
        void halfCloseEndsTheStreamInsideTls() {
            try (ScriptedPeer server = ScriptedPeer.server(tls)) {
                server.play(script ->
                        script.expectLine("a").send("", Fault.HALF_CLOSE).expectLine("b"));
                try (ScriptedPeer client = ScriptedPeer.client(server.port(), tls)) {
                    client.send("a\n").expectEndOfStream().send("b\n");
                    server.verify();
                }
            }
        }

        @Test
        void resetIsACloseAndNoEndOfStreamInsideTls() {
            for (boolean clean : new boolean[] {true, false}) {
                try (ScriptedPeer server = ScriptedPeer.server(tls)) {
                    server.play(script -> script.expectLine("a").send("", Fault.RESET));
                    try (ScriptedPeer client = ScriptedPeer.client(server.port(), tls)) {
                        client.send("a\n");
                        server.verify();
                        if (clean) {
                            assertThatThrownBy(client::expectEndOfStream).isInstanceOf(AssertionError.class);
                        } else {
                            client.expectClose();
                        }
                    }
                }
            }
        }

        @Test
        void sendThatIsNotTakenEndsInTimeInsideTls() {
            try (ScriptedPeer server = ScriptedPeer.server(tls)) {
                server.play(script -> script.expectLine("a"));
                try (ScriptedPeer client = ScriptedPeer.client(server.port(), tls)) {
                    client.send("a\n");
                    server.verify();

                    assertThatThrownBy(() -> client.within(SHORT).send(new byte[50_000_000]))
                            .isInstanceOf(AssertionError.class)
                            .hasMessageContaining("nothing was taken for PT0.1S");
                }
            }
        }

        @Test
        void plainTextToATlsPeerFailsItsStep() throws IOException {
            try (ScriptedPeer server = ScriptedPeer.server(tls);
                    Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                plain.getOutputStream().write("sksync 1\n".getBytes(ISO_8859_1));

                assertThatThrownBy(server::readLine)
                        .isInstanceOf(AssertionError.class)
                        .hasMessageContaining("SSL");
                InputStream answer = plain.getInputStream();
                assertThat(answer.read()).isNotEqualTo('P');
            }
        }
    }

    static Cuts[] cuts() {
        return new Cuts[] {Cuts.WHOLE, Cuts.BYTE_BY_BYTE, Cuts.random(1), Cuts.random(2)};
    }
}
