package org.sksync.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.SslContextBuilder;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.ScriptedPeer;
import org.sksync.testkit.TestCertificates;
import org.sksync.testkit.TestCertificates.Issued;

/** A client whose newest TLS is the given one; today's libraries can't be made to say so, so its words are written out. */
@ExtendWith(NoLeaks.class)
final class OldTlsIT {
    private static final int HANDSHAKE = 0x16;
    private static final byte[] ALERT_PROTOCOL_VERSION = {2, 70};
    private static final byte[] CIPHER_SUITES = {
        (byte) 0xc0, 0x2b, (byte) 0xc0, 0x2c, (byte) 0xc0, 0x09, (byte) 0xc0, 0x0a, (byte) 0xc0, 0x13, 0x00, 0x2f
    };
    /** Curve secp256r1, points uncompressed, signatures of ECDSA with SHA-256. */
    private static final byte[] EXTENSIONS = {0, 10, 0, 4, 0, 2, 0, 23, 0, 11, 0, 2, 1, 0, 0, 13, 0, 4, 0, 2, 4, 3};

    private SkSyncServer server;

    @BeforeEach
    void start(@TempDir Path root) throws Exception {
        Issued issued = TestCertificates.certificate().selfSigned();
        server = TestServer.of(root.toRealPath())
                .tls(SslContextBuilder.forServer(issued.key(), issued.certificate())
                        .build())
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** SSL 3.0, TLS 1.0 and TLS 1.1. */
    @ParameterizedTest(name = "3.{0}")
    @ValueSource(ints = {0, 1, 2})
    void isRefused(int minorVersion) {
        try (ScriptedPeer peer = ScriptedPeer.client(server.address().getPort())) {
            peer.send(hello(minorVersion));

            assertThat(peer.readExactly(5)).startsWith(0x15, 3).endsWith(0, 2);
            assertThat(peer.readExactly(2)).isEqualTo(ALERT_PROTOCOL_VERSION);
            peer.expectClose();
        }
    }

    @Test
    void isAnsweredFromTls12On() {
        try (ScriptedPeer peer = ScriptedPeer.client(server.address().getPort())) {
            peer.send(hello(3));

            assertThat(peer.readExactly(3)).containsExactly(HANDSHAKE, 3, 3);
        }
    }

    private static byte[] hello(int minorVersion) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(3);
        body.write(minorVersion);
        body.writeBytes(new byte[32]);
        body.write(0);
        body.write(0);
        body.write(CIPHER_SUITES.length);
        body.writeBytes(CIPHER_SUITES);
        body.write(1);
        body.write(0);
        body.write(0);
        body.write(EXTENSIONS.length);
        body.writeBytes(EXTENSIONS);

        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes(new byte[] {HANDSHAKE, 3, 1, 0, (byte) (body.size() + 4), 1, 0, 0, (byte) body.size()});
        record.writeBytes(body.toByteArray());
        return record.toByteArray();
    }
}
