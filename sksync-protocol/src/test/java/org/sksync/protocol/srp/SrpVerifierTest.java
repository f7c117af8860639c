package org.sksync.protocol.srp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.protocol.srp.SrpException.Reason;

class SrpVerifierTest {

    private static final BigInteger V = BigInteger.valueOf(0x0abc);

    private final UserName user;

    SrpVerifierTest() throws SrpException {
        user = UserName.of("anna");
    }

    @Test
    void makesSaltOfSixteenBytesThatNeverStartsWithZero() throws SrpException {
        SecureRandom zeroFirst = new SecureRandom() {
            private int calls;

            @Override
            public void nextBytes(byte[] bytes) {
                bytes[0] = (byte) calls++;
            }
        };

        SrpVerifier verifier = SrpVerifier.create(user, new char[0], zeroFirst);

        assertThat(verifier.saltHex()).isEqualTo("01" + "00".repeat(15));
    }

    @Test
    void matchesOnlyItsOwnUserAndPassword() throws SrpException {
        SrpVerifier verifier = SrpVerifier.create(user, "secret".toCharArray(), new SecureRandom());

        assertThat(verifier.matches(user, "secret".toCharArray())).isTrue();
        assertThat(verifier.matches(user, "Secret".toCharArray())).isFalse();
        assertThat(verifier.matches(UserName.of("anne"), "secret".toCharArray()))
                .isFalse();
    }

    @Test
    void leavesPasswordAsItWas() throws SrpException {
        char[] password = "secret".toCharArray();

        SrpVerifier.create(user, password, new SecureRandom());

        assertThat(password).containsExactly('s', 'e', 'c', 'r', 'e', 't');
    }

    @Test
    void writesLowerCaseHexOfEvenLength() throws SrpException {
        SrpVerifier verifier = SrpVerifier.of(new byte[] {0, (byte) 0xAB}, V);

        assertThat(verifier.saltHex()).isEqualTo("00ab");
        assertThat(verifier.verifierHex()).isEqualTo("0abc");
    }

    @Test
    void readsUpperCaseHexAndItsOwnOutput() throws SrpException {
        SrpVerifier verifier = SrpVerifier.create(user, "secret".toCharArray(), new SecureRandom());

        assertThat(SrpVerifier.ofHex(verifier.saltHex(), verifier.verifierHex()))
                .isEqualTo(verifier)
                .hasSameHashCodeAs(verifier);
        assertThat(SrpVerifier.ofHex(
                        verifier.saltHex().toUpperCase(Locale.ROOT),
                        verifier.verifierHex().toUpperCase(Locale.ROOT)))
                .isEqualTo(verifier);
        assertThat(SrpVerifier.of(new byte[] {1}, V)).isNotEqualTo(SrpVerifier.of(new byte[] {2}, V));
    }

    @Test
    void isNotChangedThroughItsArrays() throws SrpException {
        byte[] salt = {1, 2};
        SrpVerifier verifier = SrpVerifier.of(salt, V);

        salt[0] = 9;
        verifier.salt()[1] = 9;

        assertThat(verifier.saltHex()).isEqualTo("0102");
    }

    @Test
    void showsNothingOfItself() throws SrpException {
        SrpVerifier verifier = SrpVerifier.create(user, "secret".toCharArray(), new SecureRandom());

        assertThat(verifier).hasToString("SrpVerifier[redacted]");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65})
    void refusesSaltOfWrongLength(int length) {
        assertThatExceptionOfType(SrpException.class)
                .isThrownBy(() -> SrpVerifier.of(new byte[length], V))
                .withMessage("salt: " + length + " bytes (expected: 1..64)")
                .extracting(SrpException::reason)
                .isEqualTo(Reason.BAD_SALT);
    }

    @ParameterizedTest
    @MethodSource
    void refusesVerifierThatAnyoneCouldUse(BigInteger v) {
        assertThatExceptionOfType(SrpException.class)
                .isThrownBy(() -> SrpVerifier.of(new byte[] {1}, v))
                .withMessage("verifier: out of range (expected: 2..N-2); set the user's password anew")
                .extracting(SrpException::reason)
                .isEqualTo(Reason.BAD_VERIFIER);
    }

    static Stream<BigInteger> refusesVerifierThatAnyoneCouldUse() {
        return Stream.of(
                BigInteger.ONE.negate(),
                BigInteger.ZERO,
                BigInteger.ONE,
                SrpMath.N.subtract(BigInteger.ONE),
                SrpMath.N,
                SrpMath.N.add(BigInteger.TWO));
    }

    @Test
    void takesVerifiersAtTheLimits() throws SrpException {
        BigInteger largest = SrpMath.N.subtract(BigInteger.TWO);

        assertThat(SrpVerifier.of(new byte[64], BigInteger.TWO).verifierHex()).isEqualTo("02");
        assertThat(SrpVerifier.of(new byte[1], largest).verifierHex()).isEqualTo(largest.toString(16));
    }

    @Test
    void refusesTextThatIsNoHex() {
        assertThatExceptionOfType(SrpException.class)
                .isThrownBy(() -> SrpVerifier.ofHex("01", "xy"))
                .withMessage("verifier: no hex digit at position 1 (expected: 0-9, a-f)");
        assertThatExceptionOfType(SrpException.class)
                .isThrownBy(() -> SrpVerifier.ofHex("", "02"))
                .withMessage("salt: 0 hex digits (expected: an even number, 2..128)");
    }
}
