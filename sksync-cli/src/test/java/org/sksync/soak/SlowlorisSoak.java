package org.sksync.soak;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.soak.Words.Dawdling;
import org.sksync.testkit.figures.Figure;
import org.sksync.testkit.load.LoadClient;
import org.sksync.testkit.load.LoadConnection;

/** Clients that dawdle in every state of a session, one byte a second. */
@Tag("F8")
class SlowlorisSoak {
    private static final int CONNECTIONS = Integer.getInteger("soak.dawdlers", 2_000);
    private static final Duration QUIET = Duration.ofSeconds(20);
    private static final Duration ON_THE_WAY = Duration.ofSeconds(10);
    private static final Duration TOLERANCE = Duration.ofSeconds(1);

    /** The daemon's defaults, as docs/protocol.md and the README have them. */
    private static final Map<Dawdling, Duration> DEADLINES = new EnumMap<>(Map.ofEntries(
            Map.entry(Dawdling.TLS, Duration.ofSeconds(10)),
            Map.entry(Dawdling.FIRST_LINE, Duration.ofSeconds(15)),
            Map.entry(Dawdling.LOGIN_START, Duration.ofSeconds(15)),
            Map.entry(Dawdling.LOGIN_PROOF, Duration.ofSeconds(15)),
            Map.entry(Dawdling.TYPE, Duration.ofSeconds(15)),
            Map.entry(Dawdling.PATHS, Duration.ofSeconds(15)),
            Map.entry(Dawdling.LISTING, Duration.ofSeconds(60)),
            Map.entry(Dawdling.FILE_LENGTH, Duration.ofSeconds(60)),
            Map.entry(Dawdling.BODY, Duration.ofSeconds(60)),
            Map.entry(Dawdling.CHECKSUM, Duration.ofSeconds(60)),
            Map.entry(Dawdling.STALLED_READER, Duration.ofSeconds(60))));

    @TempDir
    private Path temp;

    @Test
    void fromManyAddressesAreClosedInTimeAndSlowNobody() throws Exception {
        attack(100, "from 100 addresses");
    }

    @Test
    void fromOneAddressAreClosedInTimeAndSlowNobody() throws Exception {
        attack(1, "from one address");
    }

    private void attack(int addresses, String whence) throws Exception {
        Path home = temp.toRealPath();
        Path large = Files.createDirectories(home.resolve("large"));
        Files.write(large.resolve("file"), new byte[16 << 20]);
        Path drop = Files.createDirectories(home.resolve("drop"));
        Daemon.Setup setup = Daemon.serving(home).tls().vm("-Xmx512m");
        if (addresses > 1) {
            setup.admitting(CONNECTIONS + 100);
        }
        try (Daemon daemon = setup.start();
                Honest honest = new Honest(daemon, home);
                LoadClient raw = LoadClient.of(daemon.port()).from(addresses);
                LoadClient tls = LoadClient.of(daemon.port())
                        .tls(daemon.clientTls().orElseThrow())
                        .from(addresses)) {
            Duration longest =
                    DEADLINES.values().stream().max(Duration::compareTo).orElseThrow();
            honest.syncFor(Duration.ofSeconds(10));
            Honest.Times quiet = honest.syncFor(QUIET);
            Map<Dawdling, List<LoadConnection>> attackers = new EnumMap<>(Dawdling.class);
            int each = CONNECTIONS / Dawdling.values().length;
            AtomicBoolean arriving = new AtomicBoolean(true);
            Future<Honest.Times> meanwhile = honest.beginToSyncWhile(arriving::get);
            for (Dawdling state : Dawdling.values()) {
                LoadClient load = state == Dawdling.TLS ? raw : tls;
                Path directory = state == Dawdling.STALLED_READER ? large : drop;
                attackers.put(state, load.open(each, state.script(directory, "file"), 50, ON_THE_WAY));
            }
            arriving.set(false);
            Honest.Times besideArrivals = meanwhile.get();
            Honest.Times besideThose = honest.syncFor(longest);
            Honest.Times attacked = besideArrivals.and(besideThose);
            List<LoadConnection> stalled = attackers.remove(Dawdling.STALLED_READER);
            int stalledCount =
                    (int) stalled.stream().filter(LoadConnection::hasSettled).count();
            List<Duration> stalledTimes = daemon.awaitEnded(large, stalledCount, longest.plus(ON_THE_WAY));
            awaitEnd(attackers.values(), longest.plus(ON_THE_WAY));

            List<String> late = new ArrayList<>();
            attackers.forEach((state, connections) -> {
                long open = connections.stream().filter(LoadConnection::isHeld).count();
                List<Duration> times = connections.stream()
                        .flatMap(connection -> connection.heldFor().stream())
                        .sorted()
                        .toList();
                late.addAll(late(state, open, times));
            });
            // Who reads nothing does not see the end; the daemon's log has the time from the connection on.
            Duration onTheWay = stalled.stream()
                    .flatMap(connection -> connection.onTheWay().stream())
                    .max(Duration::compareTo)
                    .orElse(Duration.ZERO);
            late.addAll(late(
                    Dawdling.STALLED_READER,
                    stalledCount - stalledTimes.size(),
                    stalledTimes.stream().map(time -> time.minus(onTheWay)).toList()));
            long settled = stalledCount
                    + attackers.values().stream()
                            .flatMap(List::stream)
                            .filter(LoadConnection::hasSettled)
                            .count();
            boolean served = attacked.p99().compareTo(quiet.p99().multipliedBy(2)) <= 0;
            Figure.of("F8", CONNECTIONS + " slow clients over 11 states, 1 byte/s, " + whence)
                    .target("all closed by the deadline + 1 s; honest p99 <= 2 x quiet")
                    .reached(settled + " got in, late: " + (late.isEmpty() ? "none" : String.join("; ", late))
                            + "; quiet " + quiet + "; attacked " + attacked + " (while they come "
                            + besideArrivals + ", then " + besideThose + ")" + daemon.faultText())
                    .report(late.isEmpty() && served && daemon.fault().isEmpty());
        }
    }

    /** Waits until none of them is there: the last began when others had been there for a while. */
    private static void awaitEnd(Collection<List<LoadConnection>> attackers, Duration atMost)
            throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() < end
                && attackers.stream().flatMap(List::stream).anyMatch(LoadConnection::isHeld)) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Returns a sentence on those of a state that are there or were there for too long, if there are any. */
    private static List<String> late(Dawdling state, long open, List<Duration> times) {
        Duration limit = DEADLINES.get(state).plus(TOLERANCE);
        long late = times.stream().filter(time -> time.compareTo(limit) > 0).count();
        if (open <= 0 && late == 0) {
            return List.of();
        }
        Duration longest = times.isEmpty() ? Duration.ZERO : times.get(times.size() - 1);
        return List.of(state + ": " + open + " open, " + late + " late, at most " + longest.toMillis()
                + " ms (expected: " + limit.toMillis() + ")");
    }
}
