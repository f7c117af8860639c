package org.sksync.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.agreement.srp.SRP6StandardGroups;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.client.report.SyncFailedException;
import org.sksync.client.report.SyncFailedException.Kind;
import org.sksync.client.report.SyncListener;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.srp.Hex;
import org.sksync.protocol.srp.SrpServerHandshake;
import org.sksync.protocol.srp.SrpVerifier;
import org.sksync.protocol.srp.UserName;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.ScriptedPeer;

/** A server whose verifiers were made from digests that had lost their leading zero byte. */
@ExtendWith(NoLeaks.class)
final class OlderVerifierIT {
    private static final String USER = "bob";
    /** One in 256 passwords: with this user's name its digest begins with a zero byte. */
    private static final String RARE = "pw243";

    private static final String ORDINARY = "pw244";
    private static final byte[] SALT = {1, 2, 3, 4};

    private final SkSyncClient client = new SkSyncClient();

    @TempDir
    private Path root;

    @AfterEach
    void stop() {
        client.close();
    }

    @Test
    void isTriedOnceMoreWithAPasswordThatMayFit() throws Exception {
        SrpVerifier verifier = verifierWithoutLeadingZeros();
        try (ScriptedPeer server = ScriptedPeer.server()) {
            server.play(peer -> {
                assertThat(answerLogin(peer.accept(), verifier)).isFalse();
                assertThat(answerLogin(peer.accept(), verifier)).isTrue();
                WireServer synced = new WireServer(peer, ProtocolLevel.PYSKSYNC_2);
                synced.takeListing();
                synced.wantNoMore().end();
            });
            Profiles profile =
                    Profiles.of(server.port(), root.toRealPath(), "/srv").login(USER, RARE);

            assertThat(client.sync(profile.profile(), SyncListener.NONE).sentFiles())
                    .isZero();
            server.verify();
        }
    }

    @Test
    void isNotTriedAgainWithAnyOtherPassword() throws Exception {
        SrpVerifier verifier = verifierWithoutLeadingZeros();
        assertRefusedAfter(ORDINARY, peer -> assertThat(answerLogin(peer.accept(), verifier))
                .isFalse());
    }

    @Test
    void isNotTriedAThirdTime() throws Exception {
        SrpVerifier anothers = SrpVerifier.create(UserName.of(USER), "other".toCharArray(), new SecureRandom());
        assertRefusedAfter(RARE, peer -> {
            assertThat(answerLogin(peer.accept(), anothers)).isFalse();
            assertThat(answerLogin(peer.accept(), anothers)).isFalse();
        });
    }

    private void assertRefusedAfter(String password, ScriptedPeer.Script logins) throws Exception {
        try (ScriptedPeer server = ScriptedPeer.server()) {
            server.play(logins);
            Profiles profile =
                    Profiles.of(server.port(), root.toRealPath(), "/srv").login(USER, password);

            assertThatExceptionOfType(SyncFailedException.class)
                    .isThrownBy(() -> client.sync(profile.profile(), SyncListener.NONE))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.IDENTITY));

            server.verify();
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> server.within(Duration.ofMillis(50)).accept())
                    .withMessageContaining("nobody connected");
        }
    }

    /** Returns whether the login succeeded. */
    private static boolean answerLogin(ScriptedPeer peer, SrpVerifier verifier) throws Exception {
        String[] opening = peer.readLine().split("[: ]", -1);
        byte[] publicA = Hex.decode("A", opening[4], 256);
        SrpServerHandshake handshake = new SrpServerHandshake(UserName.of(USER), verifier, publicA, new SecureRandom());
        peer.send(handshake.challenge().saltHex() + " " + handshake.challenge().publicKeyHex() + "\n");
        Optional<byte[]> confirmation = handshake.verify(Hex.decode("M", peer.readLine(), 20));
        if (confirmation.isEmpty()) {
            peer.send("\n").expectClose();
            return false;
        }
        peer.send(Hex.encode(confirmation.get()) + "\n");
        return true;
    }

    private static SrpVerifier verifierWithoutLeadingZeros() throws Exception {
        byte[] digest = sha1((USER + ":" + RARE).getBytes(UTF_8));
        assertThat(digest).startsWith(0);
        MessageDigest outer = MessageDigest.getInstance("SHA-1");
        outer.update(SALT);
        outer.update(Arrays.copyOfRange(digest, 1, digest.length));
        BigInteger x = new BigInteger(1, outer.digest());
        return SrpVerifier.of(SALT, BigInteger.TWO.modPow(x, SRP6StandardGroups.rfc5054_2048.getN()));
    }

    private static byte[] sha1(byte[] text) throws Exception {
        return MessageDigest.getInstance("SHA-1").digest(text);
    }
}
