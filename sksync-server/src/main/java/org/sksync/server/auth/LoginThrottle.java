package org.sksync.server.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import org.sksync.protocol.srp.UserName;

/**
 * Slows down whoever tries password after password: once one user's logins from one network have failed as often as
 * allowed within a minute, each further one waits before it is answered, for 1, 2, 4, then always 8 seconds. The right
 * password waits as long, so waiting tells nothing, and so does the name of a user that does not exist. Nobody is locked
 * out. Remembers the last {@value #MAX_PAIRS} pairs. Safe on any thread.
 */
public final class LoginThrottle {

    private static final int MAX_PAIRS = 10_000;
    private static final Duration MEMORY = Duration.ofMinutes(1);
    private static final int MAX_DOUBLINGS = 3;

    private final IntSupplier failuresPerMinute;
    private final Clock clock;
    private final Map<Pair, Deque<Instant>> failures = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Pair, Deque<Instant>> eldest) {
            return size() > MAX_PAIRS;
        }
    };

    private record Pair(UserName user, ClientNetwork network) {}

    /** Creates one that lets {@code failuresPerMinute} pass without delay; asks for the number at each login. */
    public LoginThrottle(IntSupplier failuresPerMinute, Clock clock) {
        this.failuresPerMinute = failuresPerMinute;
        this.clock = clock;
    }

    /** Returns how long the answer to a login has to wait; zero as a rule. */
    public synchronized Duration delay(UserName user, ClientNetwork network) {
        Deque<Instant> times = failures.get(new Pair(user, network));
        if (times == null) {
            return Duration.ZERO;
        }
        Instant since = clock.instant().minus(MEMORY);
        while (!times.isEmpty() && !times.getFirst().isAfter(since)) {
            times.removeFirst();
        }
        int over = times.size() - failuresPerMinute.getAsInt();
        return over < 0 ? Duration.ZERO : Duration.ofSeconds(1L << Math.min(over, MAX_DOUBLINGS));
    }

    /** Takes note of a login that failed. */
    public synchronized void failed(UserName user, ClientNetwork network) {
        Deque<Instant> times = failures.computeIfAbsent(new Pair(user, network), pair -> new ArrayDeque<>(2));
        times.addLast(clock.instant());
        while (times.size() > failuresPerMinute.getAsInt() + MAX_DOUBLINGS) {
            times.removeFirst();
        }
    }

    /** Takes note of a login that succeeded, and forgets the failures before it. */
    public synchronized void succeeded(UserName user, ClientNetwork network) {
        failures.remove(new Pair(user, network));
    }
}
