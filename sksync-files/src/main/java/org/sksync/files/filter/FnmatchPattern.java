package org.sksync.files.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One compiled shell pattern.
 *
 * <p>Matching walks the name once and falls back to the last {@code *} only: whatever an earlier {@code *} could take
 * instead, the last one can take too. So no pattern costs more than pattern length times name length.
 */
final class FnmatchPattern {
    /** One place of the pattern. */
    private sealed interface Token permits AnyRun, AnyOne, Literal, OneOf {}

    private record AnyRun() implements Token {}

    private record AnyOne() implements Token {}

    private record Literal(int codePoint) implements Token {}

    /** A set: pairs of first and last code point; {@code negated} for {@code [!seq]}. */
    private static final class OneOf implements Token {
        private final int[] ranges;
        private final boolean negated;

        OneOf(int[] ranges, boolean negated) {
            this.ranges = ranges;
            this.negated = negated;
        }

        boolean holds(int codePoint) {
            for (int i = 0; i < ranges.length; i += 2) {
                if (ranges[i] <= codePoint && codePoint <= ranges[i + 1]) {
                    return !negated;
                }
            }
            return negated;
        }
    }

    private final Token[] tokens;
    private final boolean caseSensitive;

    private FnmatchPattern(Token[] tokens, boolean caseSensitive) {
        this.tokens = tokens;
        this.caseSensitive = caseSensitive;
    }

    static FnmatchPattern of(String pattern, boolean caseSensitive) {
        int[] p = fold(pattern, caseSensitive).codePoints().toArray();
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < p.length) {
            int c = p[at++];
            if (c == '*') {
                if (tokens.isEmpty() || !(tokens.get(tokens.size() - 1) instanceof AnyRun)) {
                    tokens.add(new AnyRun());
                }
            } else if (c == '?') {
                tokens.add(new AnyOne());
            } else if (c == '[') {
                int close = closingBracket(p, at);
                if (close < 0) {
                    tokens.add(new Literal('['));
                } else {
                    tokens.add(set(p, at, close));
                    at = close + 1;
                }
            } else {
                tokens.add(new Literal(c));
            }
        }
        return new FnmatchPattern(tokens.toArray(new Token[0]), caseSensitive);
    }

    private static int closingBracket(int[] p, int start) {
        int at = start;
        if (at < p.length && p[at] == '!') {
            at++;
        }
        if (at < p.length && p[at] == ']') {
            at++;
        }
        while (at < p.length && p[at] != ']') {
            at++;
        }
        return at < p.length ? at : -1;
    }

    private static OneOf set(int[] p, int start, int close) {
        boolean negated = p[start] == '!';
        int[] ranges = new int[2 * (close - start)];
        int used = 0;
        int at = negated ? start + 1 : start;
        while (at < close) {
            int first = p[at];
            int last = first;
            if (at + 2 < close && p[at + 1] == '-') {
                last = p[at + 2];
                at += 2;
            }
            ranges[used++] = first;
            ranges[used++] = last;
            at++;
        }
        return new OneOf(Arrays.copyOf(ranges, used), negated);
    }

    boolean matches(String name) {
        String text = fold(name, caseSensitive);
        int t = 0;
        int at = 0;
        int lastRun = -1;
        int runEnd = 0;
        while (at < text.length()) {
            int codePoint = text.codePointAt(at);
            if (t < tokens.length && tokens[t] instanceof AnyRun) {
                lastRun = t++;
                runEnd = at;
            } else if (t < tokens.length && matchesOne(tokens[t], codePoint)) {
                t++;
                at += Character.charCount(codePoint);
            } else if (lastRun >= 0) {
                runEnd += Character.charCount(text.codePointAt(runEnd));
                at = runEnd;
                t = lastRun + 1;
            } else {
                return false;
            }
        }
        while (t < tokens.length && tokens[t] instanceof AnyRun) {
            t++;
        }
        return t == tokens.length;
    }

    private static boolean matchesOne(Token token, int codePoint) {
        if (token instanceof Literal literal) {
            return literal.codePoint() == codePoint;
        }
        return token instanceof OneOf set ? set.holds(codePoint) : token instanceof AnyOne;
    }

    private static String fold(String text, boolean caseSensitive) {
        return caseSensitive ? text : text.toLowerCase(Locale.ROOT);
    }
}
