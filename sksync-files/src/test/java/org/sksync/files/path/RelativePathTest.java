package org.sksync.files.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.files.path.PathRefusedException.Reason;

class RelativePathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a/b/c.txt",
                ".hidden",
                "...",
                "..a/a..",
                "a b/ c ",
                "ab:c",
                "dir/C:x",
                ".sksync2",
                "x.sksync",
                "dir/sksync",
                "a\\b",
                "cr\r",
                "\u00e9\u4e2d",
                "\ud83d\ude00/\ud83d\ude00"
            })
    void keepsNamesAsTheyAre(String text) throws Exception {
        assertThat(RelativePath.of(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    '', EMPTY
                    /, ABSOLUTE
                    /x, ABSOLUTE
                    //x, ABSOLUTE
                    /proc/self/.., ABSOLUTE
                    C:x, ABSOLUTE
                    c:/x, ABSOLUTE
                    C:\\x, ABSOLUTE
                    \\x, ABSOLUTE
                    \\\\host\\share, ABSOLUTE
                    \\\\?\\C:\\x, ABSOLUTE
                    ., DOT_PART
                    .., DOT_PART
                    ./a, DOT_PART
                    ../a, DOT_PART
                    a/.., DOT_PART
                    a/../b, DOT_PART
                    a/./b, DOT_PART
                    a//b, EMPTY_PART
                    a//, EMPTY_PART
                    a/, TRAILING_SLASH
                    .sksync, STAGING_NAME
                    .SkSync/x, STAGING_NAME
                    a/.sksync/b, STAGING_NAME
                    """)
    void refusesNamesThatLeadElsewhere(String text, Reason reason) {
        assertThatExceptionOfType(PathRefusedException.class)
                .isThrownBy(() -> RelativePath.of(text))
                .returns(reason, PathRefusedException::reason);
    }

    @Test
    void refusesTextThatNoLineCanCarry() {
        assertRefused("a\0b", Reason.NUL);
        assertRefused("a\nb", Reason.LINE_FEED);
        assertRefused("a\ud83d", Reason.MALFORMED_TEXT);
        assertRefused("\ud83db", Reason.MALFORMED_TEXT);
        assertRefused("\ude00\ud83d", Reason.MALFORMED_TEXT);
    }

    @Test
    void tellsTheRefusedNameWithoutItsControlCharacters() {
        assertThatExceptionOfType(PathRefusedException.class)
                .isThrownBy(() -> RelativePath.of("../\u001b[31m\r\n"))
                .withMessage("name: \"../\\u001b[31m\\u000d\\u000a\" has a part \".\" or \"..\"");
    }

    @Test
    void splitsIntoParts() throws Exception {
        RelativePath nested = RelativePath.of("a/b/c");
        RelativePath flat = RelativePath.of("a");

        assertThat(nested.parts()).containsExactly("a", "b", "c");
        assertThat(nested.name()).isEqualTo("c");
        assertThat(nested.isNested()).isTrue();
        assertThat(flat.parts()).containsExactly("a");
        assertThat(flat.name()).isEqualTo("a");
        assertThat(flat.isNested()).isFalse();
    }

    @Test
    void isEqualByTextAndOrderedByIt() throws Exception {
        assertThat(RelativePath.of("a/b")).isEqualTo(RelativePath.of("a/b")).hasSameHashCodeAs(RelativePath.of("a/b"));
        assertThat(RelativePath.of("a")).isNotEqualTo(RelativePath.of("A")).isGreaterThan(RelativePath.of("A"));
    }

    private static void assertRefused(String text, Reason reason) {
        assertThatExceptionOfType(PathRefusedException.class)
                .isThrownBy(() -> RelativePath.of(text))
                .returns(reason, PathRefusedException::reason);
    }
}
