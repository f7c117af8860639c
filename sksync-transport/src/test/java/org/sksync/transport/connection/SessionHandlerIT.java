package org.sksync.transport.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.sksync.transport.connection.Loopback.Told.INPUT_ENDED;
import static org.sksync.transport.connection.Loopback.Told.OPENED;

import java.io.IOException;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sksync.protocol.message.Greeting;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.session.SyncProtocolException;
import org.sksync.protocol.session.SyncProtocolException.Reason;
import org.sksync.testkit.Fault;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.ScriptedPeer;

/** A session is told the cause of what goes wrong on its connection, free of wrappers. */
@ExtendWith(NoLeaks.class)
class SessionHandlerIT {

    private static final Greeting GREETING = new Greeting(ProtocolLevel.SKSYNC_1);

    @Test
    void opensTheSessionOnceTlsIsReady() throws Exception {
        TestTls tls = new TestTls();
        try (Loopback server = Loopback.tls(tls.server(), (link, message) -> {});
                ScriptedPeer peer = ScriptedPeer.client(server.port(), tls.clientThatTrusts())) {
            peer.send("sksync 1\n");

            server.expect(OPENED);
            server.expect(GREETING);
        }
    }

    @Test
    void tellsOfAPeerThatRefusesTheCertificate() throws Exception {
        TestTls tls = new TestTls();
        try (Loopback server = Loopback.tls(tls.server(), (link, message) -> {});
                ScriptedPeer peer = ScriptedPeer.client(server.port(), TestTls.clientThatTrustsOthers())) {
            peer.play(client -> client.send("sksync 1\n"));

            assertFailedInTheHandshake(server);
            verifyFails(peer);
        }
    }

    @Test
    void tellsOfAPlainPeerOnATlsPort() throws Exception {
        try (Loopback server = Loopback.tls(new TestTls().server(), (link, message) -> {});
                ScriptedPeer peer = ScriptedPeer.client(server.port())) {
            peer.send("sksync 1\n");

            assertFailedInTheHandshake(server);
        }
    }

    @Test
    void tellsOfAPeerThatLeavesDuringTheHandshake() throws Exception {
        try (Loopback server = Loopback.tls(new TestTls().server(), (link, message) -> {});
                ScriptedPeer peer = ScriptedPeer.client(server.port())) {
            peer.send("\u0016\u0003\u0001", Fault.TRUNCATE);

            Object told = server.next();
            assertThat(told).isInstanceOf(IOException.class);
        }
    }

    @Test
    void tellsWhichRuleThePeerBroke() throws Exception {
        try (Loopback server = Loopback.plain((link, message) -> {});
                ScriptedPeer peer = ScriptedPeer.client(server.port())) {
            peer.send("sksync 1\n7\n");

            server.expect(OPENED);
            server.expect(GREETING);
            assertThat(server.next())
                    .isInstanceOfSatisfying(SyncProtocolException.class, refusal -> assertThat(refusal.reason())
                            .isEqualTo(Reason.MALFORMED_FIELD));
        }
    }

    @Test
    void tellsOfATlsPeerOnAPlainPort() throws Exception {
        try (Loopback server = Loopback.plain((link, message) -> {});
                ScriptedPeer peer = ScriptedPeer.client(server.port(), TestTls.clientThatTrustsOthers())) {
            peer.play(client -> client.send("sksync 1\n"));

            server.expect(OPENED);
            assertThat(server.next()).isInstanceOfSatisfying(SyncProtocolException.class, refusal -> assertThat(refusal)
                    .hasMessageContaining("TLS"));
            server.onOwner(link -> link.closeNow());
            server.expect(INPUT_ENDED);
            verifyFails(peer);
        }
    }

    @Test
    void tellsOfAReset() throws Exception {
        try (Loopback server = Loopback.plain((link, message) -> {});
                ScriptedPeer peer = ScriptedPeer.client(server.port())) {
            peer.send("sksync 1\n");
            server.expect(OPENED);
            server.expect(GREETING);

            peer.send("", Fault.RESET);

            assertThat(server.next()).isInstanceOf(IOException.class);
            server.expect(INPUT_ENDED);
        }
    }

    private static void assertFailedInTheHandshake(Loopback server) throws InterruptedException {
        Object told = server.next();
        assertThat(told).isInstanceOf(SSLException.class);
    }

    private static void verifyFails(ScriptedPeer peer) {
        assertThatExceptionOfType(AssertionError.class).isThrownBy(peer::verify);
    }
}
