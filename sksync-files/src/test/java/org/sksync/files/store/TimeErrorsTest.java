package org.sksync.files.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.files.scan.SkipReason;

class TimeErrorsTest {
    private static final long TIME = 1_234_567_890_000L;

    @ParameterizedTest
    @EnumSource
    void takeATimeThatIsKeptToTheSecond(TimeErrors errors) throws Exception {
        assertThat(errors.judge(TIME, TIME)).isEqualTo(CommitResult.STORED);
        assertThat(errors.judge(TIME, TIME + 999)).isEqualTo(CommitResult.STORED);
        assertThat(errors.judge(-1000, -1)).isEqualTo(CommitResult.STORED);
    }

    @ParameterizedTest
    @EnumSource
    void tellOfATimeThatIsTwoSecondsOffAsOnFat(TimeErrors errors) throws Exception {
        for (long off : new long[] {-2000, -1, 1000, 2999}) {
            assertThat(errors.judge(TIME, TIME + off)).isEqualTo(CommitResult.STORED_TIME_ROUNDED);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {TIME + 3000, TIME - 2001, Long.MAX_VALUE, Long.MIN_VALUE, 0})
    void skipAFileWhoseTimeIsFurtherOff(long kept) {
        assertThatExceptionOfType(SkippedFileException.class)
                .isThrownBy(() -> TimeErrors.FAIL.judge(TIME, kept))
                .returns(SkipReason.TIME, SkippedFileException::reason);
    }

    @ParameterizedTest
    @ValueSource(longs = {TIME + 3000, TIME - 2001, Long.MAX_VALUE, Long.MIN_VALUE, 0})
    void takeSuchAFileWhereTimesAreIgnored(long kept) throws Exception {
        assertThat(TimeErrors.IGNORE.judge(TIME, kept)).isEqualTo(CommitResult.STORED_TIME_NOT_KEPT);
    }

    @Test
    void keepTheirHeadsAtTheEndsOfTime() throws Exception {
        assertThat(TimeErrors.IGNORE.judge(Long.MIN_VALUE, Long.MAX_VALUE))
                .isEqualTo(CommitResult.STORED_TIME_NOT_KEPT);
    }
}
