package org.sksync.transport.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.sksync.transport.connection.Loopback.Told.INPUT_ENDED;
import static org.sksync.transport.connection.Loopback.Told.OPENED;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sksync.protocol.message.FileContent;
import org.sksync.protocol.message.Greeting;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.testkit.Fault;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.ScriptedPeer;
import org.sksync.transport.transfer.PeerLink;
import org.sksync.transport.watch.Awaited;
import org.sksync.transport.watch.Pace;

/** A session is told of a peer that is too slow, over real sockets. */
@ExtendWith(NoLeaks.class)
class PeerWatchHandlerIT {

    private static final Pace SHORT = new Pace(100_000, Duration.ofMillis(200));
    private static final Duration SHORT_TIME = Duration.ofMillis(200);
    private static final Greeting GREETING = new Greeting(ProtocolLevel.SKSYNC_1);
    /** More than the sockets of both ends take. */
    private static final int MUCH_BYTES = 32 * 1024 * 1024;

    @Test
    void tellsOfAPeerThatReadsNothing() throws Exception {
        try (Loopback server = Loopback.plain(SHORT, (link, message) -> sendMuch(link));
                ScriptedPeer peer = ScriptedPeer.client(server.port())) {
            peer.send("sksync 1\n");

            server.expect(OPENED);
            server.expect(GREETING);
            assertThat(server.next())
                    .isIn("read nothing for 0.2 s", "read less than 100000 bytes per second over 0.2 s");
            server.onOwner(PeerLink::closeNow);
            server.expect(INPUT_ENDED);
        }
    }

    @Test
    void tellsOfATlsPeerThatReadsNothing() throws Exception {
        TestTls tls = new TestTls();
        try (Loopback server = Loopback.tls(tls.server(), SHORT, (link, message) -> sendMuch(link));
                ScriptedPeer peer = ScriptedPeer.client(server.port(), tls.clientThatTrusts())) {
            peer.send("sksync 1\n");

            server.expect(OPENED);
            server.expect(GREETING);
            assertThat(server.next())
                    .isIn("read nothing for 0.2 s", "read less than 100000 bytes per second over 0.2 s");
            server.onOwner(PeerLink::closeNow);
            server.expect(INPUT_ENDED);
        }
    }

    @Test
    void saysNothingOfOneThatReadsAllOfIt() throws Exception {
        try (Loopback server = Loopback.plain(SHORT, (link, message) -> sendMuch(link));
                ScriptedPeer peer = ScriptedPeer.client(server.port())) {
            peer.send("sksync 1\n").discard(MUCH_BYTES);
            server.expect(OPENED);
            server.expect(GREETING);

            peer.send("", Fault.CLOSE);

            server.expect(INPUT_ENDED);
        }
    }

    @Test
    void closesWhereALastMessageIsNotRead() throws Exception {
        try (Loopback server = Loopback.plain(SHORT, (link, message) -> {
                    sendMuch(link);
                    link.closeGracefully();
                });
                ScriptedPeer peer = ScriptedPeer.client(server.port())) {
            peer.send("sksync 1\n");

            server.expect(OPENED);
            server.expect(GREETING);
            assertThat(server.next()).isInstanceOf(String.class);
            server.expect(INPUT_ENDED);
        }
    }

    @Test
    void tellsOfAPeerThatDoesNotSendInTime() throws Exception {
        try (Loopback server =
                        Loopback.plain((link, message) -> link.await(Awaited.within(SHORT_TIME, "the request")));
                ScriptedPeer peer = ScriptedPeer.client(server.port())) {
            peer.send("sksync 1\n");

            server.expect(OPENED);
            server.expect(GREETING);
            server.expect("did not send the request within 0.2 s");
        }
    }

    @Test
    void tellsOfAPeerThatDrips() throws Exception {
        try (Loopback server = Loopback.plain((link, message) -> link.await(Awaited.at(SHORT, "a file")));
                ScriptedPeer peer = ScriptedPeer.client(server.port())) {
            peer.send("sksync 1\n");
            server.expect(OPENED);
            server.expect(GREETING);
            peer.play(slow -> slow.send("1".repeat(1500), Fault.SLOW));

            server.expect("sent a file at less than 100000 bytes per second over 0.2 s");
            server.onOwner(PeerLink::closeNow);
            assertThatExceptionOfType(AssertionError.class).isThrownBy(peer::verify);
        }
    }

    @Test
    void doesNotCountWhileThePeerIsNotReadFrom() throws Exception {
        try (Loopback server = Loopback.plain((link, message) -> {
                    link.pauseReading();
                    link.await(Awaited.within(SHORT_TIME, "the request"));
                    link.schedule(
                            () -> {
                                link.await(Awaited.nothing());
                                link.closeNow();
                            },
                            SHORT_TIME.multipliedBy(2));
                });
                ScriptedPeer peer = ScriptedPeer.client(server.port())) {
            peer.send("sksync 1\n");

            server.expect(OPENED);
            server.expect(GREETING);
            server.expect(INPUT_ENDED);
        }
    }

    private static void sendMuch(PeerLink link) {
        for (int sent = 0; sent < MUCH_BYTES; sent += 1024 * 1024) {
            ByteBuf piece = link.allocator().ioBuffer(1024 * 1024);
            link.send(new FileContent(piece.writeZero(1024 * 1024)));
        }
        link.flush();
    }
}
