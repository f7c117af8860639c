package org.sksync.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.cli.SksyncJar.Ended;

/** {@code sksync scan}, against a server that answers on loopback. */
class ScanCommandIT {

    private static final String PYSKSYNC = """
            HTTP/1.1 200 OK\r
            Cache-Control:max-age=900\r
            Host:239.255.255.250:1900\r
            Location:192.0.2.7:23456\r
            ST:urn:schemas-upnp-org:service:sksync:1\r
            NT:upnp:rootdevice\r
            USN:uuid:00000000-0000-0000-0000-000000000000::upnp:rootdevice\r
            NTS:ssdp:alive\r
            SERVER:Linux-3.10 UPnP/1.1 pysksync (desk)/1.0\r
            \r
            """;
    private static final String HEX = "0f".repeat(32);
    private static final String OURS = PYSKSYNC.replace("NTS:", "LEVEL:pysksync 2\r\nFP:" + HEX + "\r\nNTS:");

    @TempDir
    Path here;

    private final DatagramSocket server;

    ScanCommandIT() throws SocketException {
        server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    private String place() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** Answers one search after the other with this, until the test is over. */
    private void answerWith(String answer) {
        Thread answering = new Thread(() -> {
            try {
                while (true) {
                    DatagramPacket search = new DatagramPacket(new byte[2000], 2000);
                    server.receive(search);
                    byte[] bytes = answer.getBytes(US_ASCII);
                    server.send(new DatagramPacket(bytes, bytes.length, search.getSocketAddress()));
                }
            } catch (IOException e) {
                // The test is over.
                return;
            }
        });
        answering.setDaemon(true);
        answering.start();
    }

    @Test
    void listsPysksyncsServer() throws Exception {
        answerWith(PYSKSYNC);

        Ended ended = SksyncJar.run(here, "scan", "--ask", place());

        assertThat(ended).isEqualTo(new Ended(0, "192.0.2.7  192.0.2.7:23456  -  -", ""));
    }

    @Test
    void listsLevelAndFingerprintOfOurs() throws Exception {
        answerWith(OURS);

        Ended ended = SksyncJar.run(here, "scan", "--ask", place());

        assertThat(ended).isEqualTo(new Ended(0, "192.0.2.7  192.0.2.7:23456  pysksync 2  SHA256:" + HEX, ""));
    }

    @Test
    void listsInJson() throws Exception {
        answerWith(OURS);

        Ended ended = SksyncJar.run(here, "scan", "--ask", place(), "--json");

        assertThat(ended.out())
                .isEqualTo("{\"message_type\":\"server\",\"name\":\"192.0.2.7\",\"address\":\"192.0.2.7\","
                        + "\"port\":23456,\"level\":\"pysksync 2\",\"fingerprint\":\"SHA256:" + HEX
                        + "\",\"how\":[\"ssdp\"]}");
        assertThat(JsonSchemas.typesOfValid(ended)).containsExactly("server");
    }

    @Test
    void leavesOutInJsonWhatAServerDoesNotTell() throws Exception {
        answerWith(PYSKSYNC);

        Ended ended = SksyncJar.run(here, "scan", "--ask", place(), "--json");

        assertThat(JsonSchemas.typesOfValid(ended)).containsExactly("server");
        assertThat(ended.out()).doesNotContain("level", "fingerprint");
    }

    @Test
    void saysWhatToDoWhereNobodyAnswersAndIsDone() throws Exception {
        Ended ended = SksyncJar.run(here, "scan", "--time", "1", "--ask", place());

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .startsWith("warning: " + place() + " did not answer within 1 s; ")
                .contains("ssdp_advertise", "UDP 1900");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--time 0", "--time 61", "--time soon", "--ask :1", "--ask ::1", "--ask 127.0.0.1:0", "--ask a:b"
            })
    void refusesWhatCannotBeMeant(String words) throws Exception {
        String[] split = ("scan " + words).split(" ");

        Ended ended = SksyncJar.run(here, split);

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains(split[1]);
    }

    @Test
    void saysThatAHostIsUnknown() throws Exception {
        Ended ended = SksyncJar.run(here, "scan", "--ask", "1.2.3.4.5");

        assertThat(ended.exitCode()).isEqualTo(5);
        assertThat(ended.err()).startsWith("error: --ask: the host \"1.2.3.4.5\" is unknown");
    }
}
