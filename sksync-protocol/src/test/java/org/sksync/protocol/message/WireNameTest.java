package org.sksync.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar of names on the wire. */
class WireNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                " ",
                "...",
                "..a",
                "a..",
                ".a",
                "a.",
                "a/..b/c",
                "a/.../c",
                ".a/.b",
                "a\\b",
                "\\a",
                "C:a",
                "a\rb",
                "\u0001",
                "\u20ac",
                "\u9152/\ud83c\udf76"
            })
    void accepts(String text) {
        assertThat(WireName.whyNot(text)).isEmpty();
        assertThat(new WireName(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|is empty",
                "/|is absolute",
                "/a|is absolute",
                "//a|is absolute",
                "a/|empty part",
                "a//b|empty part",
                ".|. or .. part",
                "..|. or .. part",
                "./a|. or .. part",
                "../a|. or .. part",
                "a/.|. or .. part",
                "a/..|. or .. part",
                "a/./b|. or .. part",
                "a/../b|. or .. part"
            })
    void refuses(String text, String fault) {
        assertThat(WireName.whyNot(text))
                .hasValueSatisfying(why -> assertThat(why).contains(fault));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WireName(text))
                .withMessageContaining(fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "a\u0000", "\u0000a", "a/\u0000/b", "\n", "a\n", "a\nb"})
    void refusesNulAndLineFeed(String text) {
        assertThat(WireName.whyNot(text))
                .hasValueSatisfying(why -> assertThat(why).contains("NUL or a line feed"));
    }

    @ParameterizedTest
    @CsvSource({"a,false", "a\\b,false", "a/b,true", "a/b/c,true"})
    void tellsWhetherItIsNested(String text, boolean nested) {
        assertThat(new WireName(text).isNested()).isEqualTo(nested);
    }
}
