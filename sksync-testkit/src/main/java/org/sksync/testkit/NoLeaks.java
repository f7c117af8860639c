package org.sksync.testkit;

import io.netty.util.LeakPresenceDetector;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * JUnit extension that fails a test after which a Netty buffer is still open.
 *
 * <p>Counts every buffer of the JVM, so tests that use it run in sequence, and what they started must have been told to
 * stop by the end of their own {@code @AfterEach}; event loops get two more seconds to release what they hold. Needs
 * {@code -Dio.netty.customResourceLeakDetector=io.netty.util.LeakPresenceDetector}, and fails each test without it. With
 * {@code -Dio.netty.util.LeakPresenceDetector.trackCreationStack=true} the failure says where the buffers were made.
 * Netty does not count unpooled heap buffers ({@code Unpooled.buffer()}); the garbage collector takes care of them.
 */
public final class NoLeaks implements AfterEachCallback {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** Called by JUnit, once for each test class or method that it extends. */
    public NoLeaks() {}

    /**
     * Checks that every buffer has been released.
     *
     * @throws IllegalStateException if one has not, or if Netty does not use the {@link LeakPresenceDetector}
     */
    @Override
    public void afterEach(ExtensionContext context) {
        check();
    }

    /**
     * Checks the same outside of JUnit's cycle. A buffer that was reported is not reported again.
     *
     * @throws IllegalStateException as {@link #afterEach} does
     */
    public static void check() {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (hasOpenBuffers() && System.nanoTime() < end) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        LeakPresenceDetector.check();
    }

    /** Tells whether the check would fail now, without waiting and without forgetting. */
    static boolean hasOpenBuffers() {
        return new Peek().hasOpenResources();
    }

    /** Looks at the count without setting it back, as the check itself does. */
    private static final class Peek extends LeakPresenceDetector<Object> {
        Peek() {
            super(Object.class);
        }

        boolean hasOpenResources() {
            return currentScope().hasOpenResources();
        }
    }
}
