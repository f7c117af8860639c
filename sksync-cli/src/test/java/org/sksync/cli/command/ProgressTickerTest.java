package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ProgressTickerTest {

    @Test
    void showsAgainAndAgainAndNothingAfterItsEnd() throws Exception {
        CountDownLatch thrice = new CountDownLatch(3);
        AtomicBoolean ended = new AtomicBoolean();
        AtomicBoolean shownAfterEnd = new AtomicBoolean();
        ProgressTicker ticker = ProgressTicker.start(
                () -> {
                    shownAfterEnd.compareAndSet(false, ended.get());
                    thrice.countDown();
                },
                1,
                1);

        assertThat(thrice.await(30, TimeUnit.SECONDS)).isTrue();
        ticker.close();
        ended.set(true);
        ticker.close();

        assertThat(shownAfterEnd).isFalse();
    }
}
