package org.sksync.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sksync.server.config.DaemonLimits;

/** What the acceptor does when the system has no more connections to give, with the time in the test's hands. */
class ConnectionGateTest {

    private final IOException noDescriptors = new IOException("Too many open files");

    private final List<Throwable> told = new ArrayList<>();
    private final EmbeddedChannel acceptor = new EmbeddedChannel();

    @BeforeEach
    void guard() {
        acceptor.freezeTime();
        acceptor.pipeline()
                .addLast(new ConnectionGate(new Admissions<>(DaemonLimits::defaults), new ConnectionListener() {
                    @Override
                    public void refused(String peer, String limit, String why) {
                        throw new AssertionError("nobody came");
                    }

                    @Override
                    public void madeRoom() {
                        throw new AssertionError("nobody came");
                    }

                    @Override
                    public void acceptFailed(Throwable cause) {
                        told.add(cause);
                    }
                }));
    }

    @AfterEach
    void close() {
        acceptor.finishAndReleaseAll();
    }

    @Test
    void acceptsAgainAfterAPauseAndPausesAgain() {
        for (int failure = 1; failure <= 3; failure++) {
            acceptor.pipeline().fireExceptionCaught(noDescriptors);

            assertThat(told).hasSize(failure).containsOnly(noDescriptors);
            assertThat(acceptor.config().isAutoRead()).isFalse();
            pass(999);
            assertThat(acceptor.config().isAutoRead()).isFalse();
            pass(1);
            assertThat(acceptor.config().isAutoRead()).isTrue();
        }
        assertThat(acceptor.isOpen()).isTrue();
    }

    private void pass(int millis) {
        acceptor.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        acceptor.runScheduledPendingTasks();
    }
}
