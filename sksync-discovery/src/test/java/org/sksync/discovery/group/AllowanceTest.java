package org.sksync.discovery.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AllowanceTest {

    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - SECOND / 2);
    private final Allowance allowance = new Allowance(now::get);

    private static InetAddress address(int last) throws Exception {
        return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
    }

    private int answersTo(int last) throws Exception {
        InetAddress to = address(last);
        return (int)
                IntStream.range(0, 100).filter(each -> allowance.takeAnswer(to)).count();
    }

    @Test
    void answersOneAddressTwiceASecond() throws Exception {
        assertThat(answersTo(1)).isEqualTo(2);
        assertThat(answersTo(1)).isZero();
        now.addAndGet(SECOND - 1);
        assertThat(answersTo(1)).isZero();
        now.addAndGet(1);
        assertThat(answersTo(1)).isEqualTo(2);
    }

    @Test
    void answersAllAddressesTogetherTenTimesASecond() throws Exception {
        int answers = 0;
        for (int last = 1; last < 200; last++) {
            answers += answersTo(last);
        }

        assertThat(answers).isEqualTo(10);
        now.addAndGet(SECOND);
        assertThat(answersTo(200)).isEqualTo(2);
    }

    @Test
    void readsAThousandDatagramsASecondAndTellsHowLongToWait() {
        assertThat(allowance.millisToRead()).isZero();
        assertThat(IntStream.range(0, 5000).filter(each -> allowance.takeRead()).count())
                .isEqualTo(1000);
        now.addAndGet(SECOND / 4);

        assertThat(allowance.takeRead()).isFalse();
        assertThat(allowance.millisToRead()).isEqualTo(751);
        now.addAndGet(SECOND);
        assertThat(allowance.millisToRead()).isZero();
        assertThat(allowance.takeRead()).isTrue();
    }
}
