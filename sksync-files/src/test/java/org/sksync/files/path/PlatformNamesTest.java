package org.sksync.files.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.nio.file.FileSystem;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.files.path.PathRefusedException.Reason;

class PlatformNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "dir/a:b",
                "dir/a<b",
                "a>b",
                "a\"b",
                "a|b",
                "a?",
                "a*",
                "dot.",
                "dir. /x",
                "space ",
                "CON",
                "con.txt",
                "Aux .txt",
                "nul.tar.gz",
                "dir/PRN",
                "COM0",
                "com9.x",
                "LPT\u00b9",
                "lpt\u00b2.txt",
                "COM\u00b3",
                "CONIN$",
                "PROGRA~1",
                "a~12.txt"
            })
    void skipsOnWindowsOnlyWhatWindowsReadsAsSomethingElse(String text) throws Exception {
        RelativePath path = RelativePath.of(text);

        assertThat(PlatformNames.WINDOWS.whyNotStorable(path)).isPresent();
        assertThat(PlatformNames.POSIX.whyNotStorable(path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "CONSOLE",
                "COM",
                "COM10",
                "LPTx",
                "a.con",
                "~1",
                "file~",
                "file~a.txt",
                "longname~1.txt",
                "a~1.jpeg",
                ".hidden",
                "\u00e9\u4e2d/\ud83d\ude00"
            })
    void storesOrdinaryNamesEverywhere(String text) throws Exception {
        RelativePath path = RelativePath.of(text);

        assertThat(PlatformNames.WINDOWS.whyNotStorable(path)).isEmpty();
        assertThat(PlatformNames.POSIX.whyNotStorable(path)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void limitsLengthAndDepthEverywhere(PlatformNames names) throws Exception {
        String deep = String.join("/", Collections.nCopies(PlatformNames.MAX_DEPTH, "d"));
        String longPath = ("p".repeat(255) + "/").repeat(15) + "p".repeat(256 - 1);

        assertThat(names.whyNotStorable(RelativePath.of("p".repeat(255)))).isEmpty();
        assertThat(names.whyNotStorable(RelativePath.of("p".repeat(256)))).isPresent();
        assertThat(names.whyNotStorable(RelativePath.of("\u00e9".repeat(127)))).isEmpty();
        assertThat(names.whyNotStorable(RelativePath.of("\u00e9".repeat(128)))).isPresent();
        assertThat(names.whyNotStorable(RelativePath.of("\u4e2d".repeat(85)))).isEmpty();
        assertThat(names.whyNotStorable(RelativePath.of("\u4e2d".repeat(86)))).isPresent();
        assertThat(names.whyNotStorable(RelativePath.of("\ud83d\ude00".repeat(63))))
                .isEmpty();
        assertThat(names.whyNotStorable(RelativePath.of("\ud83d\ude00".repeat(64))))
                .isPresent();
        assertThat(names.whyNotStorable(RelativePath.of(deep))).isEmpty();
        assertThat(names.whyNotStorable(RelativePath.of(deep + "/d"))).isPresent();
        assertThat(names.whyNotStorable(RelativePath.of(longPath))).isEmpty();
        assertThat(names.whyNotStorable(RelativePath.of("d/" + longPath))).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void skipsNamesThatTroubleOtherPlatformsAndTerminals(PlatformNames names) throws Exception {
        assertThat(names.whyNotStorable(RelativePath.of("a\\b"))).isPresent();
        assertThat(names.whyNotStorable(RelativePath.of("a\u001bb"))).isPresent();
        assertThat(names.whyNotStorable(RelativePath.of("a\r"))).isPresent();
        assertThat(names.whyNotStorable(RelativePath.of("a\u0085"))).isPresent();
    }

    @Test
    void refusesABackslashWhereItSeparatesParts() throws Exception {
        assertThat(PlatformNames.POSIX.parse("a\\..\\b").text()).isEqualTo("a\\..\\b");
        assertThatExceptionOfType(PathRefusedException.class)
                .isThrownBy(() -> PlatformNames.WINDOWS.parse("a\\..\\b"))
                .returns(Reason.BACKSLASH, PathRefusedException::reason);
    }

    @ParameterizedTest
    @EnumSource
    void refusesOnEveryPlatformWhatTheProtocolForbids(PlatformNames names) {
        assertThatExceptionOfType(PathRefusedException.class)
                .isThrownBy(() -> names.parse("../a"))
                .returns(Reason.DOT_PART, PathRefusedException::reason);
    }

    @Test
    void followsTheFileSystem() throws Exception {
        try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows());
                FileSystem unix = Jimfs.newFileSystem(Configuration.unix())) {
            assertThat(PlatformNames.of(windows)).isEqualTo(PlatformNames.WINDOWS);
            assertThat(PlatformNames.of(unix)).isEqualTo(PlatformNames.POSIX);
        }
    }
}
