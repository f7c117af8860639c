package org.sksync.cli.command;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time as people write it: {@code 30s}, {@code 5m}, {@code 1h30m}, {@code 2d}; {@code 0} needs no unit. */
final class DurationWords implements ITypeConverter<Duration> {

    private static final Duration LONGEST = Duration.ofDays(365);
    private static final Pattern PART = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Pattern WHOLE = Pattern.compile("(?:" + PART.pattern() + ")+");

    @Override
    public Duration convert(String word) {
        if (word.equals("0")) {
            return Duration.ZERO;
        }
        if (!WHOLE.matcher(word).matches()) {
            throw wrong(word);
        }
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(word);
        while (part.find()) {
            long number = Long.parseLong(part.group(1));
            sum = sum.plus(
                    switch (part.group(2)) {
                        case "ms" -> Duration.ofMillis(number);
                        case "s" -> Duration.ofSeconds(number);
                        case "m" -> Duration.ofMinutes(number);
                        case "h" -> Duration.ofHours(number);
                        default -> Duration.ofDays(number);
                    });
        }
        if (sum.compareTo(LONGEST) > 0) {
            throw wrong(word);
        }
        return sum;
    }

    /** Returns a time as {@link #convert} reads it, in as few units as it takes. */
    static String text(Duration time) {
        StringBuilder text = new StringBuilder();
        append(text, time.toDays(), "d");
        append(text, time.toHoursPart(), "h");
        append(text, time.toMinutesPart(), "m");
        append(text, time.toSecondsPart(), "s");
        append(text, time.toMillisPart(), "ms");
        return text.isEmpty() ? "0" : text.toString();
    }

    private static void append(StringBuilder text, long number, String unit) {
        if (number > 0) {
            text.append(number).append(unit);
        }
    }

    private static TypeConversionException wrong(String word) {
        return new TypeConversionException(
                "'" + word + "' (expected: a time of at most a year, such as 30s, 5m, 1h30m or 2d; 0 for never)");
    }
}
