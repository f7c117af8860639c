package org.sksync.files.store;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * The name of a directory of replaced files: date and time in UTC, as {@code 2026-11-20T15-30-00Z}, and a number where
 * more than one session began in that second, as {@code 2026-11-20T15-30-00Z-2}. Ordered by age, the oldest first.
 */
record Stamp(Instant when, int number) implements Comparable<Stamp> {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC)
            .withResolverStyle(ResolverStyle.STRICT);
    private static final int LENGTH = "2026-11-20T15-30-00Z".length();
    private static final int MAX_DIGITS = 9;

    static Stamp first(Instant now) {
        return new Stamp(now.truncatedTo(ChronoUnit.SECONDS), 1);
    }

    Stamp next() {
        return new Stamp(when, number + 1);
    }

    /** Returns what a name of a directory says; empty if it is no stamp. */
    static Optional<Stamp> parse(String text) {
        if (text.length() < LENGTH || text.length() > LENGTH + 1 + MAX_DIGITS) {
            return Optional.empty();
        }
        try {
            Instant when = FORMAT.parse(text.substring(0, LENGTH), Instant::from);
            int number = text.length() == LENGTH ? 1 : number(text.substring(LENGTH));
            Stamp stamp = new Stamp(when, number);
            return stamp.text().equals(text) ? Optional.of(stamp) : Optional.empty();
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static int number(String suffix) {
        return Integer.parseInt(suffix.substring(1));
    }

    String text() {
        return FORMAT.format(when) + (number == 1 ? "" : "-" + number);
    }

    @Override
    public int compareTo(Stamp other) {
        return Comparator.comparing(Stamp::when).thenComparing(Stamp::number).compare(this, other);
    }
}
