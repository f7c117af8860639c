package org.sksync.files.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.path.RelativePath;

class ExcludeFilterTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
                    *.tmp,      a.tmp,      a.tmpx
                    ?.txt,      a.txt,      ab.txt
                    ?,          😀,         ab
                    [abc],      b,          d
                    [a-c]x,     bx,         dx
                    [!a-c],     d,          b
                    []],        ],          x
                    [!]],       x,          ]
                    [a,         [a,         a
                    [!,         [!,         x
                    [-a],       -,          b
                    [a-],       -,          b
                    a*b*c,      aXbXbXc,    aXbX
                    [[]x,       [x,         x
                    [*],        *,          a
                    Thumbs.db,  Thumbs.db,  thumbs.db
                    a\\*,       a\\b,       a*
                    """)
    void matchesAsFnmatchDoes(String pattern, String excluded, String kept) {
        FnmatchPattern compiled = FnmatchPattern.of(pattern, true);

        assertThat(compiled.matches(excluded)).as(excluded).isTrue();
        assertThat(compiled.matches(kept)).as(kept).isFalse();
    }

    @Test
    void matchesEverythingOrNothingWhereFnmatchDoes() {
        assertThat(FnmatchPattern.of("*", true).matches(".hidden")).isTrue();
        assertThat(FnmatchPattern.of("*", true).matches("")).isTrue();
        assertThat(FnmatchPattern.of("[z-a]", true).matches("m")).isFalse();
        assertThat(FnmatchPattern.of("[!z-a]", true).matches("m")).isTrue();
        assertThat(FnmatchPattern.of("[", true).matches("[")).isTrue();
    }

    @Test
    void holdsPatternsAgainstEachPartOfAName() throws Exception {
        ExcludeFilter filter = ExcludeFilter.of(List.of("cache", "*.tmp"), PlatformNames.POSIX);

        assertThat(filter.excludes(RelativePath.of("cache"))).isTrue();
        assertThat(filter.excludes(RelativePath.of("a/cache/b"))).isTrue();
        assertThat(filter.excludes(RelativePath.of("a/b.tmp"))).isTrue();
        assertThat(filter.excludes(RelativePath.of("b.tmp/a"))).isTrue();
        assertThat(filter.excludes(RelativePath.of("a/cached/b"))).isFalse();
    }

    @Test
    void excludesNothingWithoutPatternsOrWithOnesThatSpanParts() throws Exception {
        assertThat(ExcludeFilter.none().excludes(RelativePath.of("a/b"))).isFalse();
        assertThat(ExcludeFilter.of(List.of("a/b", "a/*")).excludes(RelativePath.of("a/b")))
                .isFalse();
        assertThat(ExcludeFilter.of(List.of("")).excludes(RelativePath.of("a"))).isFalse();
    }

    @Test
    void ignoresCaseOnlyWhereFileNamesDo() throws Exception {
        RelativePath path = RelativePath.of("THUMBS.DB");

        assertThat(ExcludeFilter.of(List.of("Thumbs.*"), PlatformNames.WINDOWS).excludes(path))
                .isTrue();
        assertThat(ExcludeFilter.of(List.of("Thumbs.*"), PlatformNames.POSIX).excludes(path))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "priv\u00e9, prive\u0301",
        "prive\u0301, priv\u00e9",
        "prive\u0301, prive\u0301",
        "pr*\u00e9, prive\u0301",
        "priv?, prive\u0301",
        "priv[\u00e8-\u00ea], prive\u0301",
        "prive?, prive\u0301"
    })
    void matchesANameInWhicheverUnicodeFormItIsWritten(String pattern, String name) throws Exception {
        ExcludeFilter filter = ExcludeFilter.of(List.of(pattern), PlatformNames.POSIX);

        assertThat(filter.excludesName(name)).isTrue();
        assertThat(filter.excludes(RelativePath.of("a/" + name + "/b"))).isTrue();
    }

    @Test
    void tellsLettersWithAnAccentFromThoseWithout() {
        ExcludeFilter filter = ExcludeFilter.of(List.of("priv\u00e9", "prive"), PlatformNames.POSIX);

        assertThat(filter.excludesName("prive\u0300")).isFalse();
        assertThat(ExcludeFilter.of(List.of("priv\u00e9"), PlatformNames.POSIX).excludesName("prive"))
                .isFalse();
    }

    @Test
    void staysFastOnPatternsThatInviteBacktracking() {
        FnmatchPattern pattern = FnmatchPattern.of("*a".repeat(2000) + "*b", true);

        assertThat(pattern.matches("a".repeat(8000))).isFalse();
        assertThat(pattern.matches("a".repeat(8000) + "b")).isTrue();
    }

    @Test
    void agreesWithAMatcherThatTriesEverything() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            String pattern = randomText(random, "ab*?[]!-", 8);
            String name = randomText(random, "ab]-![", 6);

            assertThat(FnmatchPattern.of(pattern, true).matches(name))
                    .as("seed %d: pattern <%s>, name <%s>", seed, pattern, name)
                    .isEqualTo(slowlyMatches(pattern, name));
        }
    }

    private static String randomText(Random random, String alphabet, int maxLength) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(maxLength + 1); length > 0; length--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static boolean slowlyMatches(String pattern, String name) {
        if (pattern.isEmpty()) {
            return name.isEmpty();
        }
        String rest = pattern.substring(1);
        if (pattern.charAt(0) == '*') {
            return slowlyMatches(rest, name) || (!name.isEmpty() && slowlyMatches(pattern, name.substring(1)));
        }
        if (name.isEmpty()) {
            return false;
        }
        String nameRest = name.substring(1);
        if (pattern.charAt(0) == '?') {
            return slowlyMatches(rest, nameRest);
        }
        if (pattern.charAt(0) == '[') {
            boolean negated = rest.startsWith("!");
            int close = rest.indexOf(']', negated ? 2 : 1);
            if (close >= 0) {
                String set = rest.substring(negated ? 1 : 0, close);
                return slowlyHolds(set, name.charAt(0)) != negated
                        && slowlyMatches(rest.substring(close + 1), nameRest);
            }
        }
        return pattern.charAt(0) == name.charAt(0) && slowlyMatches(rest, nameRest);
    }

    private static boolean slowlyHolds(String set, char c) {
        if (set.isEmpty()) {
            return false;
        }
        if (set.length() >= 3 && set.charAt(1) == '-') {
            return (set.charAt(0) <= c && c <= set.charAt(2)) || slowlyHolds(set.substring(3), c);
        }
        return set.charAt(0) == c || slowlyHolds(set.substring(1), c);
    }
}
