package org.sksync.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.TemporalAdjusters;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits by the time of the week, as rclone writes them. */
class BandwidthTimetableTest {

    private static LocalDateTime time(DayOfWeek day, String time) {
        return LocalDate.of(2026, 11, 16)
                .with(TemporalAdjusters.nextOrSame(day))
                .atTime(LocalTime.parse(time));
    }

    private static OptionalLong sent(String timetable, DayOfWeek day, String time) throws ConfigException {
        return BandwidthTimetable.parse(timetable).at(time(day, time)).sent();
    }

    @ParameterizedTest
    @CsvSource({
        "2,       2048",
        "512,     524288",
        "512k,    524288",
        "512K,    524288",
        "1.5M,    1572864",
        "10M,     10485760",
        "1G,      1073741824",
        "4096b,   4096",
        "4096B,   4096",
    })
    void takesAlwaysTheSameRateBothWays(String text, long bytes) throws Exception {
        BandwidthTimetable.Limit limit = BandwidthTimetable.parse(text).at(time(DayOfWeek.FRIDAY, "13:00"));

        assertThat(limit.sent()).hasValue(bytes);
        assertThat(limit.received()).hasValue(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "OFF", "0", "0k", "0.0M"})
    void takesThatThereIsNoLimit(String text) throws Exception {
        BandwidthTimetable.Limit limit = BandwidthTimetable.parse(text).at(time(DayOfWeek.FRIDAY, "13:00"));

        assertThat(limit.sent()).isEmpty();
        assertThat(limit.received()).isEmpty();
    }

    @Test
    void takesWhatIsSentBeforeWhatIsReceived() throws Exception {
        BandwidthTimetable.Limit limit = BandwidthTimetable.parse("10M:1M").at(time(DayOfWeek.MONDAY, "00:00"));
        BandwidthTimetable.Limit half = BandwidthTimetable.parse("off:100k").at(time(DayOfWeek.MONDAY, "00:00"));

        assertThat(limit.sent()).hasValue(10 << 20);
        assertThat(limit.received()).hasValue(1 << 20);
        assertThat(half.sent()).isEmpty();
        assertThat(half.received()).hasValue(100 << 10);
    }

    @ParameterizedTest
    @CsvSource({
        "MONDAY,    07:59, 0",
        "MONDAY,    08:00, 524288",
        "WEDNESDAY, 18:59, 524288",
        "WEDNESDAY, 19:00, 10485760",
        "SUNDAY,    23:00, 0",
        "MONDAY,    00:00, 0",
    })
    void anEntryHoldsUntilTheNextOneOfEachDay(DayOfWeek day, String time, long bytes) throws Exception {
        OptionalLong now = sent("08:00,512k 19:00,10M 23:00,off", day, time);

        assertThat(now.orElse(0)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "MONDAY,   00:00, 524288",
        "FRIDAY,   23:58, 524288",
        "FRIDAY,   23:59, 10485760",
        "SATURDAY, 09:59, 10485760",
        "SATURDAY, 10:00, 1048576",
        "SUNDAY,   19:59, 1048576",
        "SUNDAY,   20:00, 0",
    })
    void anEntryWithAWeekdayHoldsUntilTheNextOneOfTheWeek(DayOfWeek day, String time, long bytes) throws Exception {
        OptionalLong now = sent("Mon-00:00,512 Fri-23:59,10M sat-10:00,1M Sunday-20:00,off", day, time);

        assertThat(now.orElse(0)).isEqualTo(bytes);
    }

    @Test
    void theLastEntryOfTheWeekHoldsIntoTheNext() throws Exception {
        assertThat(sent("Wed-12:00,1M Fri-12:00,2M", DayOfWeek.MONDAY, "08:00")).hasValue(2 << 20);
    }

    @Test
    void entriesNeedNotStandInOrder() throws Exception {
        assertThat(sent("19:00,10M   08:00,512k:1M", DayOfWeek.TUESDAY, "09:00"))
                .hasValue(512 << 10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fast",
                "10MB/s",
                "10T",
                "-1M",
                "1M:2M:3M",
                "1M:",
                ":1M",
                "1e6",
                "99999999G",
                "1M 2M",
                "08:00",
                "08:00,",
                "8:00,1M",
                "24:00,1M",
                "08:60,1M",
                "Mo-08:00,1M",
                "-08:00,1M",
                "08:00,1M 08:00,2M",
                "08:00,1M Mon-08:00,2M",
                "08:00,1M,2M",
            })
    void refusesWhatIsNoTimetable(String text) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> BandwidthTimetable.parse(text))
                .withMessageContaining("must be")
                .satisfies(e -> assertThat(e.getMessage()).startsWith("\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2047b", "1k", "10M:1k", "08:00,1.9k"})
    void refusesLessThanADaemonTakesForALivingPeer(String text) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> BandwidthTimetable.parse(text))
                .withMessageContaining("2k at least");
    }
}
