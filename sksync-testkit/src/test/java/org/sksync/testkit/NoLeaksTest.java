package org.sksync.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventConditions;
import org.junit.platform.testkit.engine.Events;
import org.junit.platform.testkit.engine.TestExecutionResultConditions;

class NoLeaksTest {
    @Test
    void failsTestThatLeavesABufferOpen() {
        run("leaks")
                .assertThatEvents()
                .haveExactly(
                        1,
                        EventConditions.finishedWithFailure(
                                TestExecutionResultConditions.instanceOf(IllegalStateException.class),
                                TestExecutionResultConditions.message(text -> text.contains("memory leak"))));
    }

    @ParameterizedTest
    @MethodSource("buffers")
    void seesEachKindOfBufferUntilItsRelease(Supplier<ByteBuf> kind) {
        assertThat(NoLeaks.hasOpenBuffers()).isFalse();

        ByteBuf buffer = kind.get();
        assertThat(NoLeaks.hasOpenBuffers()).isTrue();
        buffer.release();
        assertThat(NoLeaks.hasOpenBuffers()).isFalse();
        NoLeaks.check();
    }

    static List<Supplier<ByteBuf>> buffers() {
        return List.of(
                () -> ByteBufAllocator.DEFAULT.heapBuffer(16),
                () -> ByteBufAllocator.DEFAULT.directBuffer(16),
                () -> ByteBufAllocator.DEFAULT.compositeBuffer(),
                () -> PooledByteBufAllocator.DEFAULT.heapBuffer(16),
                () -> PooledByteBufAllocator.DEFAULT.directBuffer(16),
                () -> UnpooledByteBufAllocator.DEFAULT.directBuffer(16),
                NoLeaksTest::sliceOfAReleasedBuffer);
    }

    private static ByteBuf sliceOfAReleasedBuffer() {
        ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer(16).writeZero(16);
        ByteBuf slice = buffer.readRetainedSlice(8);
        buffer.release();
        return slice;
    }

    @Test
    void passesTestThatReleasesWhatItTook() {
        run("releases").assertStatistics(events -> events.started(1).succeeded(1));
    }

    @Test
    void waitsForAThreadThatStillReleases() {
        run("releasesLater").assertStatistics(events -> events.started(1).succeeded(1));
    }

    @Test
    void doesNotHideTheFailureOfTheTestItself() {
        List<Event> failed = run("leaksAndFails").failed().list();

        assertThat(failed).singleElement().satisfies(event -> assertThat(
                        event.getRequiredPayload(TestExecutionResult.class).getThrowable())
                .get()
                .satisfies(thrown -> {
                    assertThat(thrown).isInstanceOf(AssertionError.class).hasMessage("its own");
                    assertThat(thrown.getSuppressed()).singleElement().satisfies(leak -> assertThat(leak)
                            .hasMessageContaining("memory leak"));
                }));
    }

    private static Events run(String method) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectMethod(Samples.class, method))
                .execute()
                .testEvents();
    }

    /** Run by the tests above only: a nested class is no test class to the build. */
    @ExtendWith(NoLeaks.class)
    static class Samples {
        @Test
        void leaks() {
            assertThat(ByteBufAllocator.DEFAULT.buffer(16).isReadable()).isFalse();
        }

        @Test
        void releases() {
            assertThat(ByteBufAllocator.DEFAULT.buffer(16).release()).isTrue();
        }

        @Test
        void releasesLater() {
            ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer(16);
            Thread checking = Thread.currentThread();
            Thread releasing = new Thread(() -> {
                while (checking.getState() != Thread.State.TIMED_WAITING) {
                    Thread.onSpinWait();
                }
                buffer.release();
            });
            releasing.setDaemon(true);
            releasing.start();
        }

        @Test
        void leaksAndFails() {
            assertThat(ByteBufAllocator.DEFAULT.buffer(16).isReadable()).isFalse();
            throw new AssertionError("its own");
        }
    }
}
