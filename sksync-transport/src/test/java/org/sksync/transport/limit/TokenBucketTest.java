package org.sksync.transport.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** How much may travel; the clock stands where a test puts it. */
class TokenBucketTest {

    private static final long RATE = 100_000;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private long now = -SECOND;
    private final TokenBucket bucket = new TokenBucket(now);

    private static Rates rates(long sent, long received) {
        return new Rates(OptionalLong.of(sent), OptionalLong.of(received));
    }

    private static final Rates NONE = new Rates(OptionalLong.empty(), OptionalLong.empty());

    @Test
    void letsEverythingThroughWithoutARate() {
        assertThat(bucket.take(Long.MAX_VALUE, now)).isEqualTo(Long.MAX_VALUE);
        bucket.overdraw(1_000_000, now);
        assertThat(bucket.waitNanos(Long.MAX_VALUE, now)).isZero();
    }

    @Test
    void letsNoMoreThroughThanItsRateOverAnyTime() {
        bucket.rate(OptionalLong.of(RATE), now);
        Random random = new Random(7);
        long start = now;
        long taken = 0;
        while (now - start < 60 * SECOND) {
            taken += bucket.take(1 + random.nextInt(20_000), now);
            now += random.nextInt(30_000_000);
        }

        // What it held at the beginning comes on top.
        assertThat(taken).isBetween(59 * RATE, 60 * RATE + RATE / 10 + RATE / 30);
    }

    @Test
    void holdsATenthOfASecondAfterAPause() {
        bucket.rate(OptionalLong.of(RATE), now);
        bucket.take(RATE, now);
        now += 3600 * SECOND;

        assertThat(bucket.take(RATE, now)).isEqualTo(RATE / 10);
        assertThat(bucket.take(1, now)).isZero();
    }

    @Test
    void isPaidBackWhatWasOverdrawn() {
        bucket.rate(OptionalLong.of(RATE), now);
        bucket.overdraw(RATE / 10 + 2 * RATE, now);

        assertThat(bucket.waitNanos(1, now)).isBetween(2 * SECOND, 2 * SECOND + 100_000);
        now += 2 * SECOND;
        assertThat(bucket.take(1, now)).isZero();
        now += SECOND / 100;
        assertThat(bucket.take(RATE, now)).isEqualTo(RATE / 100);
    }

    @Test
    void saysWhenThereWillBeEnough() {
        bucket.rate(OptionalLong.of(RATE), now);
        bucket.take(RATE / 10, now);

        long wait = bucket.waitNanos(5_000, now);

        now += wait;
        assertThat(bucket.take(5_000, now)).isEqualTo(5_000);
    }

    @Test
    void neverAsksToWaitForMoreThanItHolds() {
        bucket.rate(OptionalLong.of(RATE), now);

        assertThat(bucket.waitNanos(Long.MAX_VALUE, now)).isZero();
    }

    @Test
    void aLimitFollowsItsRatesWithinASecond() {
        AtomicReference<Rates> rates = new AtomicReference<>(NONE);
        TrafficLimit limit = new TrafficLimit(rates::get);
        assertThat(limit.sent().take(1 << 30, now)).isEqualTo(1 << 30);

        rates.set(rates(RATE, 2 * RATE));
        now += SECOND;

        assertThat(limit.sent().take(1 << 30, now)).isEqualTo(RATE / 10);
        assertThat(limit.received().take(1 << 30, now)).isEqualTo(RATE / 5);
        assertThat(limit.received().isExhausted(now)).isTrue();
        rates.set(NONE);
        now += SECOND;
        assertThat(limit.received().isExhausted(now)).isFalse();
        assertThat(limit.sent().waitNanos(now)).isZero();
    }

    @Test
    void refusesARateThatLetsNothingThrough() {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> rates(0, 1));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> rates(1, 0));
    }
}
