package org.sksync.protocol.srp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.protocol.srp.SrpException.Reason;

class HexTest {

    @Test
    void readsBothCasesAndKeepsLeadingZeros() throws SrpException {
        assertThat(Hex.decode("A", "00aBCdef09", 5)).containsExactly(0, 0xab, 0xcd, 0xef, 0x09);
    }

    @Test
    void writesLowerCase() {
        assertThat(Hex.encode(new byte[] {0, (byte) 0xAB})).isEqualTo("00ab");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0g", "+1", "-1", "0x", " 1", "1\t", "\u0661\u0662", "\uff11\uff12", "1\n"})
    void refusesAnythingButAsciiHexDigits(String text) {
        assertThatExceptionOfType(SrpException.class)
                .isThrownBy(() -> Hex.decode("A", text, 256))
                .withMessageMatching("A: no hex digit at position [12] \\(expected: 0-9, a-f\\)")
                .extracting(SrpException::reason)
                .isEqualTo(Reason.MALFORMED_HEX);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 513, 514, 1 << 20})
    void refusesEmptyOddAndOverlongText(int digits) {
        assertThatExceptionOfType(SrpException.class)
                .isThrownBy(() -> Hex.decode("A", "f".repeat(digits), 256))
                .withMessage("A: " + digits + " hex digits (expected: an even number, 2..512)")
                .extracting(SrpException::reason)
                .isEqualTo(Reason.MALFORMED_HEX);
    }

    @Test
    void takesTextAtItsLimit() throws SrpException {
        assertThat(Hex.decode("A", "f".repeat(512), 256)).hasSize(256);
    }
}
