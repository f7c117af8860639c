package org.sksync.config;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * How fast bytes may travel, by the time of the week, in the form in which rclone writes it:
 *
 * <pre>
 * timetable = limit | entry (" " entry)*
 * entry     = [weekday "-"] HH ":" MM "," limit
 * weekday   = "Mon" .. "Sun", or in full
 * limit     = rate [":" rate]                        both ways, or sent ":" received
 * rate      = "off" | "0" | number ["b" | "k" | "M" | "G"]
 * </pre>
 *
 * A number without a letter counts KiB a second, as with rclone; {@code b}, {@code k}, {@code M} and {@code G} are bytes,
 * KiB, MiB and GiB. An entry without a weekday counts for every day. The limit of an entry holds until the next one, over
 * the end of the week.
 *
 * @param text as it was written
 * @param entries what begins when, in the order of the week; one entry holds all the time
 */
public record BandwidthTimetable(String text, List<Entry> entries) {

    /** Less than that would pass for a peer that has died: a daemon ends sessions that are slower than 1 KiB/s. */
    public static final long MIN_BYTES_PER_SECOND = 2048;

    private static final long MAX_BYTES_PER_SECOND = 1L << 50;
    private static final int MINUTES_A_DAY = 24 * 60;
    private static final String FORM = "a rate such as 512k, 10M:1M or off, or a timetable of them such as \"08:00,512k"
            + " 19:00,10M 23:00,off\"";

    /** Copies the entries. */
    public BandwidthTimetable {
        entries = List.copyOf(entries);
    }

    /**
     * How fast at most.
     *
     * @param sent bytes a second; empty for no limit
     * @param received bytes a second; empty for no limit
     */
    public record Limit(OptionalLong sent, OptionalLong received) {}

    /**
     * A limit and when it begins.
     *
     * @param minute minutes from the beginning of Monday on
     * @param limit the limit
     */
    public record Entry(int minute, Limit limit) {}

    /**
     * Reads a timetable.
     *
     * @throws ConfigException if it is none; the message is the rest of a sentence that begins with what is read
     */
    public static BandwidthTimetable parse(String text) throws ConfigException {
        String[] words = text.strip().split("\\s+", -1);
        if (words.length == 1 && words[0].indexOf(',') < 0) {
            return new BandwidthTimetable(text.strip(), List.of(new Entry(0, limit(words[0]))));
        }
        List<Entry> entries = new ArrayList<>();
        for (String word : words) {
            addEntries(word, entries);
        }
        entries.sort(Comparator.comparingInt(Entry::minute));
        for (int i = 1; i < entries.size(); i++) {
            if (entries.get(i).minute() == entries.get(i - 1).minute()) {
                throw new ConfigException(Quoted.quoted(text) + " has two limits for one moment; it must be one");
            }
        }
        return new BandwidthTimetable(text.strip(), entries);
    }

    /** Returns the limit at that time. */
    public Limit at(LocalDateTime time) {
        int minute = (time.getDayOfWeek().getValue() - 1) * MINUTES_A_DAY + time.getHour() * 60 + time.getMinute();
        Limit limit = entries.get(entries.size() - 1).limit();
        for (Entry entry : entries) {
            if (entry.minute() > minute) {
                break;
            }
            limit = entry.limit();
        }
        return limit;
    }

    private static void addEntries(String word, List<Entry> entries) throws ConfigException {
        int comma = word.indexOf(',');
        if (comma < 0) {
            throw wrong(word);
        }
        String when = word.substring(0, comma);
        Limit limit = limit(word.substring(comma + 1));
        int dash = when.indexOf('-');
        int minuteOfDay = minuteOfDay(when.substring(dash + 1));
        if (dash >= 0) {
            DayOfWeek day = weekday(when.substring(0, dash));
            entries.add(new Entry((day.getValue() - 1) * MINUTES_A_DAY + minuteOfDay, limit));
            return;
        }
        for (int day = 0; day < DayOfWeek.values().length; day++) {
            entries.add(new Entry(day * MINUTES_A_DAY + minuteOfDay, limit));
        }
    }

    private static DayOfWeek weekday(String text) throws ConfigException {
        String wanted = text.toUpperCase(Locale.ROOT);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().equals(wanted) || day.name().substring(0, 3).equals(wanted)) {
                return day;
            }
        }
        throw new ConfigException(
                Quoted.quoted(text) + " is no weekday; it must be one of Mon, Tue, Wed, Thu, Fri, Sat," + " Sun");
    }

    private static int minuteOfDay(String text) throws ConfigException {
        if (!text.matches("([01][0-9]|2[0-3]):[0-5][0-9]")) {
            throw new ConfigException(
                    Quoted.quoted(text) + " is no time of day; it must be two digits each, from 00:00 to 23:59");
        }
        return Integer.parseInt(text.substring(0, 2)) * 60 + Integer.parseInt(text.substring(3));
    }

    private static Limit limit(String text) throws ConfigException {
        String[] rates = text.split(":", -1);
        if (rates.length > 2) {
            throw wrong(text);
        }
        OptionalLong sent = rate(rates[0]);
        return new Limit(sent, rates.length == 1 ? sent : rate(rates[1]));
    }

    private static OptionalLong rate(String text) throws ConfigException {
        if (text.equalsIgnoreCase("off")) {
            return OptionalLong.empty();
        }
        if (!text.matches("(0|[1-9][0-9]{0,11})(\\.[0-9]{1,6})?[bBkKmMgG]?")) {
            throw wrong(text);
        }
        char last = Character.toLowerCase(text.charAt(text.length() - 1));
        boolean hasUnit = Character.isLetter(last);
        long unit =
                switch (hasUnit ? last : 'k') {
                    case 'b' -> 1L;
                    case 'k' -> 1L << 10;
                    case 'm' -> 1L << 20;
                    default -> 1L << 30;
                };
        BigDecimal bytes = new BigDecimal(hasUnit ? text.substring(0, text.length() - 1) : text)
                .multiply(BigDecimal.valueOf(unit))
                .setScale(0, RoundingMode.HALF_UP);
        if (bytes.signum() == 0) {
            return OptionalLong.empty();
        }
        if (bytes.compareTo(BigDecimal.valueOf(MIN_BYTES_PER_SECOND)) < 0) {
            throw new ConfigException(
                    Quoted.quoted(text) + " is less than 2 KiB a second, which passes for a connection"
                            + " that has died; it must be 2k at least, or off");
        }
        if (bytes.compareTo(BigDecimal.valueOf(MAX_BYTES_PER_SECOND)) > 0) {
            throw wrong(text);
        }
        return OptionalLong.of(bytes.longValueExact());
    }

    private static ConfigException wrong(String text) {
        return new ConfigException(Quoted.quoted(text) + " is no limit; it must be " + FORM);
    }
}
