package org.sksync.files.filter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any pattern against any name: never an error, never slow, and on short inputs the answer of a naive reading of the
 * rules. An input is a pattern, a line feed, and a name.
 */
class FnmatchPatternFuzzTest {

    private static final int SHORT = 14;

    static Stream<byte[]> patterns() {
        return Stream.of(
                        "*.tmp\na.tmp",
                        "?\n😀",
                        "[a-c]x\nbx",
                        "[!a-c]\nd",
                        "[]]\n]",
                        "[!]]\nx",
                        "[a\n[a",
                        "[!\n[!",
                        "[--a]\nB",
                        "[a-c-e]\n-",
                        "[z-a]\nm",
                        "a*b*c\naXbXbXc",
                        "[[]x\n[x",
                        "**?*\nab",
                        "İ*\ni̇x",
                        "ß\nSS",
                        "*a".repeat(20) + "b\n" + "a".repeat(200),
                        "[a-z]*".repeat(20) + "!\n" + "x".repeat(200),
                        "?".repeat(30) + "\n" + "😀".repeat(30))
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("patterns")
    @FuzzTest
    void answersAsTheRulesSay(byte[] input) {
        String text = new String(input, UTF_8);
        int end = text.indexOf('\n');
        if (end < 0) {
            return;
        }
        String pattern = text.substring(0, end);
        String name = text.substring(end + 1);

        boolean matches = FnmatchPattern.of(pattern, true).matches(name);
        boolean matchesInAnyCase = FnmatchPattern.of(pattern, false).matches(name);

        if (pattern.length() + name.length() <= SHORT) {
            assertThat(matches).isEqualTo(naive(pattern, name));
            assertThat(matchesInAnyCase)
                    .isEqualTo(naive(pattern.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT)));
        }
    }

    private static boolean naive(String pattern, String name) {
        return naive(pattern.codePoints().toArray(), name.codePoints().toArray());
    }

    /** Tries every length for each {@code *}. */
    private static boolean naive(int[] pattern, int[] name) {
        if (pattern.length == 0) {
            return name.length == 0;
        }
        if (pattern[0] == '*') {
            return naive(from(pattern, 1), name) || (name.length > 0 && naive(pattern, from(name, 1)));
        }
        if (name.length == 0) {
            return false;
        }
        int close = pattern[0] == '[' ? closing(pattern) : -1;
        if (close > 0) {
            return inSet(Arrays.copyOfRange(pattern, 1, close), name[0])
                    && naive(from(pattern, close + 1), from(name, 1));
        }
        return (pattern[0] == '?' || pattern[0] == name[0]) && naive(from(pattern, 1), from(name, 1));
    }

    private static int[] from(int[] text, int start) {
        return Arrays.copyOfRange(text, start, text.length);
    }

    /** A set has one member at least, so a bracket right after its beginning does not close it. */
    private static int closing(int[] pattern) {
        int first = pattern.length > 1 && pattern[1] == '!' ? 2 : 1;
        for (int i = first + 1; i < pattern.length; i++) {
            if (pattern[i] == ']') {
                return i;
            }
        }
        return -1;
    }

    /** Only the first character of a set can negate it. */
    private static boolean inSet(int[] members, int codePoint) {
        return members[0] == '!' ? !inRanges(from(members, 1), codePoint) : inRanges(members, codePoint);
    }

    private static boolean inRanges(int[] members, int codePoint) {
        if (members.length == 0) {
            return false;
        }
        boolean range = members.length >= 3 && members[1] == '-';
        return range
                ? (members[0] <= codePoint && codePoint <= members[2]) || inRanges(from(members, 3), codePoint)
                : members[0] == codePoint || inRanges(from(members, 1), codePoint);
    }
}
