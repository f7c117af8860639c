package org.sksync.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sksync.protocol.srp.UserName;

class LoginThrottleTest {

    private static final ClientNetwork HERE = new ClientNetwork(false, 1);
    private static final ClientNetwork THERE = new ClientNetwork(false, 2);

    private final Time time = new Time();
    private int allowed = 5;
    private final LoginThrottle throttle = new LoginThrottle(() -> allowed, time);
    private UserName user;

    @BeforeEach
    void nameUser() throws Exception {
        user = UserName.of("reader");
    }

    @Test
    void lengthensTheDelayWithEachFailureBeyondThoseAllowedUpToEightSeconds() {
        List<Duration> delays = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            delays.add(throttle.delay(user, HERE));
            throttle.failed(user, HERE);
        }

        assertThat(delays)
                .extracting(Duration::toSeconds)
                .containsExactly(0L, 0L, 0L, 0L, 0L, 1L, 2L, 4L, 8L, 8L, 8L, 8L);
    }

    @Test
    void goesByWhatIsAllowedNowAndDelaysNeverLonger() {
        fail(8);
        allowed = 1;
        assertThat(throttle.delay(user, HERE)).hasSeconds(8);
        allowed = 100;
        assertThat(throttle.delay(user, HERE)).isZero();
        allowed = 7;
        assertThat(throttle.delay(user, HERE)).hasSeconds(2);
    }

    @Test
    void delaysNeitherAnotherUserNorAnotherNetwork() throws Exception {
        fail(5);

        assertThat(throttle.delay(user, HERE)).isPositive();
        assertThat(throttle.delay(user, THERE)).isZero();
        assertThat(throttle.delay(UserName.of("writer"), HERE)).isZero();
    }

    @Test
    void forgetsFailuresAfterAMinute() {
        fail(4);
        time.pass(30);
        fail(3);
        assertThat(throttle.delay(user, HERE)).isEqualTo(Duration.ofSeconds(4));

        time.pass(29);
        assertThat(throttle.delay(user, HERE)).isEqualTo(Duration.ofSeconds(4));
        time.pass(1);
        assertThat(throttle.delay(user, HERE)).isZero();
    }

    @Test
    void goesOnForAsLongAsTheFailuresDo() {
        for (int i = 0; i < 100; i++) {
            fail(1);
            time.pass(7);
        }

        assertThat(throttle.delay(user, HERE)).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void forgetsFailuresAfterASuccess() {
        fail(20);
        throttle.succeeded(user, HERE);

        assertThat(throttle.delay(user, HERE)).isZero();
    }

    @Test
    void forgetsThePairThatWasSeenLongestAgoWhereThereAreTooMany() throws Exception {
        fail(5);
        UserName other = UserName.of("other");
        for (int network = 0; network < 9_999; network++) {
            throttle.failed(other, new ClientNetwork(true, network));
        }
        assertThat(throttle.delay(user, HERE)).as("10,000 pairs").isPositive();

        throttle.failed(other, new ClientNetwork(true, 9_999));
        throttle.failed(other, new ClientNetwork(true, 10_000));
        assertThat(throttle.delay(user, HERE))
                .as("it was asked for, so it is not the oldest")
                .isPositive();
        for (int network = 0; network < 10_000; network++) {
            throttle.failed(other, new ClientNetwork(true, network));
        }
        assertThat(throttle.delay(user, HERE)).isZero();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            throttle.failed(user, HERE);
        }
    }

    private static final class Time extends Clock {
        private Instant now = Instant.ofEpochSecond(1_400_000_000);

        void pass(int seconds) {
            now = now.plusSeconds(seconds);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
