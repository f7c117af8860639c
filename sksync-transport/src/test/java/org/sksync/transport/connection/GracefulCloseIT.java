package org.sksync.transport.connection;

import static org.sksync.transport.connection.Loopback.Told.INPUT_ENDED;
import static org.sksync.transport.connection.Loopback.Told.OPENED;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sksync.protocol.message.ClientMessage;
import org.sksync.protocol.message.Greeting;
import org.sksync.protocol.message.LoginProof;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.message.Refusal;
import org.sksync.testkit.Fault;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.ScriptedPeer;
import org.sksync.transport.transfer.PeerLink;

/** A peer reads the last line, whatever it is doing when the connection is closed. */
@ExtendWith(NoLeaks.class)
class GracefulCloseIT {

    private static final int DRAINED_BYTES = 64 * 1024;
    private static final Greeting GREETING = new Greeting(ProtocolLevel.SKSYNC_1);

    @Test
    void letsAPeerReadTheLastLineInGoodOrderThoughItsOwnBytesAreUnread() throws Exception {
        try (Loopback server = Loopback.plain(GracefulCloseIT::readNoMore);
                ScriptedPeer peer = ScriptedPeer.client(server.port())) {
            peer.send("sksync 1\n");
            server.expect(OPENED);
            server.expect(GREETING);
            peer.send(new byte[DRAINED_BYTES / 2]);

            server.onOwner(GracefulCloseIT::refuse);

            peer.expectLine("").expectEndOfStream();
            peer.send("", Fault.CLOSE);
            server.expect(INPUT_ENDED);
        }
    }

    @Test
    void letsAPeerReadTheLastLineThoughMoreIsUnreadThanIsDrained() throws Exception {
        try (Loopback server = Loopback.plain(GracefulCloseIT::readNoMore);
                ScriptedPeer peer = ScriptedPeer.client(server.port())) {
            peer.send("sksync 1\n");
            server.expect(OPENED);
            server.expect(GREETING);
            peer.send(new byte[3 * DRAINED_BYTES]);

            server.onOwner(GracefulCloseIT::refuse);

            peer.expectLine("").expectClose();
            server.expect(INPUT_ENDED);
        }
    }

    @Test
    void closesByItselfWhereThePeerNeverDoes() throws Exception {
        try (Loopback server = Loopback.plain(GracefulCloseIT::readNoMore);
                ScriptedPeer peer = ScriptedPeer.client(server.port())) {
            server.expect(OPENED);

            server.onOwner(GracefulCloseIT::refuse);

            peer.expectLine("").expectEndOfStream();
            server.expect(INPUT_ENDED);
        }
    }

    @Test
    void givesNothingOfWhatStillComesToTheSession() throws Exception {
        try (Loopback server = Loopback.plain(GracefulCloseIT::readNoMore);
                ScriptedPeer peer = ScriptedPeer.client(server.port())) {
            server.expect(OPENED);
            server.onOwner(GracefulCloseIT::refuse);
            peer.expectLine("").expectEndOfStream();

            peer.send("sksync 1\n");
            peer.send("", Fault.CLOSE);

            server.expect(INPUT_ENDED);
        }
    }

    @Test
    void saysFarewellOverTls() throws Exception {
        TestTls tls = new TestTls();
        try (Loopback server = Loopback.tls(tls.server(), GracefulCloseIT::readNoMore);
                ScriptedPeer peer = ScriptedPeer.client(server.port(), tls.clientThatTrusts())) {
            peer.send("sksync 1\n");
            server.expect(OPENED);
            server.expect(GREETING);
            peer.send(new byte[DRAINED_BYTES / 2]);

            server.onOwner(GracefulCloseIT::refuse);

            peer.expectLine("").expectEndOfStream();
            peer.send("", Fault.CLOSE);
            server.expect(INPUT_ENDED);
        }
    }

    @Test
    void endsTheInputOfAPeerThatSendsNoMoreAfterItsLastMessage() throws Exception {
        try (Loopback server = Loopback.plain((link, message) -> {});
                ScriptedPeer peer = ScriptedPeer.client(server.port())) {
            peer.send("sksync 1\n").send("", Fault.HALF_CLOSE);

            server.expect(OPENED);
            server.expect(GREETING);
            server.expect(INPUT_ENDED);
            peer.expectEndOfStream();
        }
    }

    @Test
    void endsTheInputOfAPeerThatIsNotReadFromOnceItIsReadAgain() throws Exception {
        try (Loopback server = Loopback.plain(GracefulCloseIT::readNoMore);
                ScriptedPeer peer = ScriptedPeer.client(server.port())) {
            peer.send("PYSKSYNC SRP START:61 62\n");
            server.expect(OPENED);
            server.next();
            peer.send("63\n").send("", Fault.HALF_CLOSE);

            server.onOwner(PeerLink::resumeReading);

            server.expect(new LoginProof("63"));
            server.onOwner(PeerLink::resumeReading);
            server.expect(INPUT_ENDED);
        }
    }

    @Test
    void closesAtOnceWhereThatIsAsked() throws Exception {
        try (Loopback server = Loopback.plain((link, message) -> {});
                ScriptedPeer peer = ScriptedPeer.client(server.port())) {
            peer.send("sksync 1\n");
            server.expect(OPENED);
            server.expect(GREETING);

            server.onOwner(PeerLink::closeNow);

            peer.expectClose();
            server.expect(INPUT_ENDED);
        }
    }

    private static void readNoMore(PeerLink link, ClientMessage message) {
        link.pauseReading();
    }

    private static void refuse(PeerLink link) {
        link.send(new Refusal());
        link.closeGracefully();
    }
}
