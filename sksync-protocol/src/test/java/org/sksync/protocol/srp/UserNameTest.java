package org.sksync.protocol.srp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.protocol.srp.SrpException.Reason;

class UserNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "zoë酒", "with space", "a:b", "\ud83d\ude00"})
    void takesTextOfAnyScript(String text) throws SrpException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThat(UserName.of(text).value()).isEqualTo(text);
        assertThat(UserName.fromUtf8(bytes)).isEqualTo(UserName.of(text)).hasSameHashCodeAs(UserName.of(text));
        assertThat(UserName.of(text).utf8()).isEqualTo(bytes);
    }

    @Test
    void tellsApartWhatDiffersInBytes() throws SrpException {
        assertThat(UserName.of("e\u0301")).isNotEqualTo(UserName.of("\u00e9"));
        assertThat(UserName.of("Anna")).isNotEqualTo(UserName.of("anna"));
    }

    @Test
    void takes255BytesAndNoMore() throws SrpException {
        String longest = "é".repeat(127) + "e";

        assertThat(UserName.of(longest).utf8()).hasSize(255);
        assertRefused("256 bytes in UTF-8 (expected: 1..255)", () -> UserName.of(longest + "e"));
        assertRefused("256 bytes in UTF-8 (expected: 1..255)", () -> UserName.fromUtf8(new byte[256]));
    }

    @Test
    void refusesEmptyName() {
        assertRefused("0 bytes in UTF-8 (expected: 1..255)", () -> UserName.of(""));
        assertRefused("0 bytes in UTF-8 (expected: 1..255)", () -> UserName.fromUtf8(new byte[0]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "a\nb", "a\u001b[2J", "\u007f", "\u0085"})
    void refusesControlCharacters(String text) {
        assertRefused("holds a control character (expected: none)", () -> UserName.of(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ufffd", "j\ufffd\ufffdrgen"})
    void refusesWhatIsLeftOfANameThatCouldNotBeRead(String text) {
        String what = "holds U+FFFD, which stands for a character that could not be read (expected: text; where it was"
                + " typed, set LC_ALL to a UTF-8 locale such as C.UTF-8)";

        assertRefused(what, () -> UserName.of(text));
        assertRefused(what, () -> UserName.fromUtf8(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void refusesHalfASurrogatePair() {
        assertRefused(
                "holds half a surrogate pair (expected: text that UTF-8 can carry)", () -> UserName.of("a\ud83d"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c0af", "eda0bd", "e9", "f4908080"})
    void refusesBytesThatAreNotUtf8(String hex) {
        assertRefused(
                "not well-formed UTF-8 (expected: UTF-8)",
                () -> UserName.fromUtf8(HexFormat.of().parseHex(hex)));
    }

    private static void assertRefused(String what, org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
        assertThatExceptionOfType(SrpException.class)
                .isThrownBy(action)
                .withMessage("user name: " + what)
                .extracting(SrpException::reason)
                .isEqualTo(Reason.BAD_USER_NAME);
    }
}
