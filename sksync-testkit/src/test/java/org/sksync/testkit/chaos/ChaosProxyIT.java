package org.sksync.testkit.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sksync.testkit.Side;

class ChaosProxyIT {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private ServerSocket listening;
    private ChaosProxy proxy;
    private Socket client;
    private Socket server;

    @BeforeEach
    void listen() throws Exception {
        listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        proxy = ChaosProxy.before(listening.getLocalPort());
    }

    @AfterEach
    void close() throws Exception {
        proxy.close();
        listening.close();
        client.close();
        server.close();
    }

    private void connect(Weather weather) throws Exception {
        proxy.weather(weather);
        client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        server = listening.accept();
        client.setSoTimeout((int) LIMIT.toMillis());
        server.setSoTimeout((int) LIMIT.toMillis());
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void handsOverWhatBothSidesSayAndThatTheyHaveEnded() throws Exception {
        connect(Weather.CALM.sliced(7).delayed(Duration.ofMillis(1)).limited(10_000_000));
        client.getOutputStream().write(random(50_000));
        client.shutdownOutput();
        assertThat(server.getInputStream().readAllBytes()).isEqualTo(random(50_000));

        server.getOutputStream().write(random(40_000));
        server.shutdownOutput();
        assertThat(client.getInputStream().readAllBytes()).isEqualTo(random(40_000));

        proxy.awaitQuiet(LIMIT);
        assertThat(proxy.handedOver(Side.CLIENT)).isEqualTo(50_000);
        assertThat(proxy.handedOver(Side.SERVER)).isEqualTo(40_000);
    }

    @Test
    void endsTheStreamAtTheByteThatIsNamed() throws Exception {
        connect(Weather.CALM.at(Side.SERVER, 12_345, Incident.end()));
        server.getOutputStream().write(random(50_000));

        assertThat(client.getInputStream().readAllBytes()).hasSize(12_345);

        client.getOutputStream().write(1);
        assertThat(server.getInputStream().read()).isEqualTo(1);
    }

    @Test
    void resetsBothEndsAtTheByteThatIsNamed() throws Exception {
        connect(Weather.CALM.at(Side.CLIENT, 0, Incident.reset()));

        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        assertThatThrownBy(() -> server.getInputStream().read()).isInstanceOf(SocketException.class);
        proxy.awaitQuiet(LIMIT);
    }

    @Test
    void passesAResetOn() throws Exception {
        connect(Weather.CALM);
        client.setSoLinger(true, 0);
        client.close();

        assertThatThrownBy(() -> server.getInputStream().read()).isInstanceOf(SocketException.class);
    }

    @Test
    void goesOnAfterAStallAndACall() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        connect(Weather.CALM
                .at(Side.CLIENT, 2, Incident.call("call", called::countDown))
                .at(Side.CLIENT, 1, Incident.stall(Duration.ofMillis(20))));
        client.getOutputStream().write(random(3));
        client.shutdownOutput();

        assertThat(server.getInputStream().readAllBytes()).isEqualTo(random(3));
        assertThat(called.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void tellsItsWeather() {
        assertThat(Weather.CALM).hasToString("calm");
        assertThat(Weather.CALM.sliced(5).limited(64).at(Side.SERVER, 9, Incident.reset()))
                .hasToString("slices (seed 5), 64 B/s, RST at byte 9 of the SERVER");
        assertThatThrownBy(() -> Weather.CALM.limited(0)).hasMessageContaining("bytesPerSecond");
        client = new Socket();
        server = new Socket();
    }
}
