package org.sksync.protocol.srp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.protocol.srp.SrpException.Reason;

/** A login succeeds with the right password and in no other way. */
class SrpLoginTest {

    private static final char[] PASSWORD = "correct horse".toCharArray();

    private final SecureRandom random = new SecureRandom();
    private final UserName user;
    private final SrpVerifier verifier;

    SrpLoginTest() throws SrpException {
        user = UserName.of("anna");
        verifier = SrpVerifier.create(user, PASSWORD, random);
    }

    @Test
    void acceptsTwoHundredRandomUsers() throws SrpException {
        long seed = random.nextLong();
        Random choice = new Random(seed);
        for (int i = 0; i < 200; i++) {
            UserName someone = UserName.of("user" + choice.nextInt());
            char[] password = Integer.toString(choice.nextInt(), 36).toCharArray();
            SrpClientHandshake client = new SrpClientHandshake(someone, password, random);
            SrpServerHandshake server = new SrpServerHandshake(
                    someone, SrpVerifier.create(someone, password, random), client.publicKey(), random);

            byte[] proof =
                    client.proof(server.challenge().salt(), server.challenge().publicKey());

            assertThat(server.verify(proof)).as("login %d of seed %d", i, seed).hasValueSatisfying(answer -> assertThat(
                            client.confirms(answer))
                    .isTrue());
        }
    }

    @Test
    void refusesWrongPassword() throws SrpException {
        assertThat(login(user, "correct horsf".toCharArray(), verifier)).isEmpty();
    }

    @Test
    void refusesPasswordOfAnotherUser() throws SrpException {
        assertThat(login(UserName.of("Anna"), PASSWORD, verifier)).isEmpty();
    }

    @Test
    void countsLeadingZerosOfPublicKeyForNothing() throws SrpException {
        BigInteger a = BigInteger.valueOf(3);
        SrpClientHandshake client = new SrpClientHandshake(user, PASSWORD, InnerDigest.WHOLE, a);
        SrpServerHandshake server = new SrpServerHandshake(user, verifier, new byte[] {0, 0, 8}, random);

        byte[] proof =
                client.proof(server.challenge().salt(), server.challenge().publicKey());

        assertThat(client.publicKey()).containsExactly(8);
        assertThat(server.verify(proof)).isPresent();
    }

    private Optional<byte[]> login(UserName name, char[] password, SrpVerifier stored) throws SrpException {
        SrpClientHandshake client = new SrpClientHandshake(name, password, random);
        SrpServerHandshake server = new SrpServerHandshake(name, stored, client.publicKey(), random);
        return server.verify(
                client.proof(server.challenge().salt(), server.challenge().publicKey()));
    }

    private static void assertRefused(Reason reason, String message, ThrowingCallable action) {
        assertThatExceptionOfType(SrpException.class)
                .isThrownBy(action)
                .withMessage(message)
                .extracting(SrpException::reason)
                .isEqualTo(reason);
    }

    @Nested
    class Server {

        @Test
        void refusesPublicKeyThatIsZeroModuloN() {
            assertPublicKeyRefused("A: 0 (expected: 1..N-1)", new byte[] {0, 0});
            assertPublicKeyRefused("A: N or more (expected: 1..N-1)", SrpMath.shortest(SrpMath.N));
        }

        @Test
        void refusesPublicKeyAboveN() {
            byte[] allOnes = SrpMath.shortest(BigInteger.ONE.shiftLeft(2048).subtract(BigInteger.ONE));

            assertPublicKeyRefused("A: N or more (expected: 1..N-1)", allOnes);
        }

        @Test
        void refusesEmptyPublicKey() {
            assertPublicKeyRefused("A: 0 bytes (expected: 1..256)", new byte[0]);
        }

        @Test
        void refusesOverlongPublicKey() {
            byte[] paddedOne = new byte[257];
            paddedOne[256] = 1;

            assertPublicKeyRefused("A: 257 bytes (expected: 1..256)", paddedOne);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 19, 21, 4096})
        void refusesProofOfWrongLength(int length) throws SrpException {
            SrpServerHandshake server = new SrpServerHandshake(user, verifier, new byte[] {8}, random);

            assertThat(server.verify(new byte[length])).isEmpty();
        }

        @Test
        void judgesOneProofOnly() throws SrpException {
            SrpClientHandshake client = new SrpClientHandshake(user, PASSWORD, random);
            SrpServerHandshake server = new SrpServerHandshake(user, verifier, client.publicKey(), random);
            byte[] proof =
                    client.proof(server.challenge().salt(), server.challenge().publicKey());

            assertThat(server.verify(new byte[SrpServerHandshake.PROOF_BYTES])).isEmpty();
            assertThat(server.verify(proof)).isEmpty();
        }

        @Test
        void refusesReplayedProof() throws SrpException {
            SrpClientHandshake client = new SrpClientHandshake(user, PASSWORD, random);
            SrpServerHandshake first = new SrpServerHandshake(user, verifier, client.publicKey(), random);
            SrpServerHandshake second = new SrpServerHandshake(user, verifier, client.publicKey(), random);
            byte[] proof =
                    client.proof(first.challenge().salt(), first.challenge().publicKey());

            assertThat(second.challenge().publicKeyHex())
                    .isNotEqualTo(first.challenge().publicKeyHex());
            assertThat(second.verify(proof)).isEmpty();
            assertThat(first.verify(proof)).isPresent();
        }

        private void assertPublicKeyRefused(String message, byte[] publicA) {
            assertRefused(
                    Reason.BAD_PUBLIC_KEY, message, () -> new SrpServerHandshake(user, verifier, publicA, random));
        }
    }

    @Nested
    class Client {

        private final SrpClientHandshake client;

        Client() throws SrpException {
            client = new SrpClientHandshake(user, PASSWORD, random);
        }

        @Test
        void refusesPublicKeyThatIsZeroModuloN() {
            assertPublicKeyRefused("B: 0 (expected: 1..N-1)", new byte[256]);
            assertPublicKeyRefused("B: N or more (expected: 1..N-1)", SrpMath.shortest(SrpMath.N));
        }

        @Test
        void refusesPublicKeyAboveN() {
            assertPublicKeyRefused("B: N or more (expected: 1..N-1)", SrpMath.shortest(SrpMath.N.add(BigInteger.TWO)));
        }

        @Test
        void refusesEmptyAndOverlongPublicKey() {
            assertPublicKeyRefused("B: 0 bytes (expected: 1..256)", new byte[0]);
            assertPublicKeyRefused("B: 257 bytes (expected: 1..256)", new byte[257]);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 65})
        void refusesSaltOfWrongLength(int length) {
            assertRefused(
                    Reason.BAD_SALT,
                    "salt: " + length + " bytes (expected: 1..64)",
                    () -> client.proof(new byte[length], new byte[] {8}));
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 64})
        void takesSaltUpToItsLimits(int length) throws SrpException {
            assertThat(client.proof(new byte[length], new byte[] {8})).hasSize(SrpServerHandshake.PROOF_BYTES);
        }

        @Test
        void refusesZeroScrambler() throws SrpException {
            assertThat(SrpMath.requireScrambler(BigInteger.ONE)).isEqualTo(BigInteger.ONE);
            assertRefused(
                    Reason.ZERO_SCRAMBLER,
                    "u: 0 (expected: any other value); log in again",
                    () -> SrpMath.requireScrambler(BigInteger.ZERO));
        }

        @Test
        void confirmsNothingBeforeItsOwnProof() {
            assertThat(client.confirms(new byte[0])).isFalse();
            assertThat(client.confirms(new byte[SrpServerHandshake.PROOF_BYTES]))
                    .isFalse();
        }

        @Test
        void refusesServerThatDoesNotKnowTheVerifier() throws SrpException {
            SrpVerifier guessed = SrpVerifier.create(user, "guess".toCharArray(), random);
            SrpServerHandshake server = new SrpServerHandshake(user, guessed, client.publicKey(), random);

            byte[] proof =
                    client.proof(server.challenge().salt(), server.challenge().publicKey());

            assertThat(client.confirms(proof)).isFalse();
            assertThat(client.confirms(new byte[0])).isFalse();
            assertThat(client.confirms(new byte[SrpServerHandshake.PROOF_BYTES]))
                    .isFalse();
        }

        @Test
        void refusesPasswordThatUtf8CannotCarry() {
            assertRefused(
                    Reason.BAD_PASSWORD,
                    "password: holds half a surrogate pair (expected: text that UTF-8 can carry)",
                    () -> new SrpClientHandshake(user, new char[] {'a', '\ud83d'}, random));
        }

        private void assertPublicKeyRefused(String message, byte[] publicB) {
            assertRefused(Reason.BAD_PUBLIC_KEY, message, () -> client.proof(new byte[] {1}, publicB));
        }
    }

    /** Verifiers of old peers that lost the zero byte in front of the digest of bob:pw243. */
    @Nested
    class StrippedVerifiers {

        private final UserName bob;
        private final char[] password = "pw243".toCharArray();
        private final SrpVerifier stripped;

        StrippedVerifiers() throws SrpException {
            bob = UserName.of("bob");
            byte[] salt = {1, 2, 3, 4};
            byte[] digest = InnerDigest.LEADING_ZEROS_STRIPPED.form(SrpMath.innerDigest(bob, password));
            assertThat(digest).hasSize(19);
            stripped = SrpVerifier.of(salt, SrpMath.verifier(SrpMath.x(salt, digest)));
        }

        @Test
        void refuseTheWholeDigestAndSayThatTheOtherFormMayFit() throws SrpException {
            SrpClientHandshake client = new SrpClientHandshake(bob, password, random);

            assertThat(answer(client)).isEmpty();
            assertThat(client.mayFitStrippedVerifier()).isTrue();
        }

        @Test
        void acceptTheStrippedDigest() throws SrpException {
            SrpClientHandshake client =
                    new SrpClientHandshake(bob, password, InnerDigest.LEADING_ZEROS_STRIPPED, random);

            assertThat(answer(client)).hasValueSatisfying(hamk -> assertThat(client.confirms(hamk))
                    .isTrue());
            assertThat(client.mayFitStrippedVerifier()).isFalse();
        }

        @Test
        void areNotSuspectedWhenTheDigestHasNoLeadingZero() throws SrpException {
            SrpClientHandshake client = new SrpClientHandshake(bob, "pw244".toCharArray(), random);

            assertThat(client.mayFitStrippedVerifier()).isFalse();
        }

        private Optional<byte[]> answer(SrpClientHandshake client) throws SrpException {
            SrpServerHandshake server = new SrpServerHandshake(bob, stripped, client.publicKey(), random);
            return server.verify(
                    client.proof(server.challenge().salt(), server.challenge().publicKey()));
        }
    }
}
