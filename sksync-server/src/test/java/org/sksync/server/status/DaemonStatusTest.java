package org.sksync.server.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sksync.server.transfer.SessionSummary;
import org.sksync.server.transfer.SessionSummary.TransferCount;

class DaemonStatusTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final InetSocketAddress HERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

    private final DaemonStatus status = new DaemonStatus(Clock.fixed(NOW, ZoneOffset.UTC));

    private static SessionSummary session(String user, String path, String outcome, Duration duration) {
        return new SessionSummary(
                "192.0.2.7:1",
                user,
                path,
                "to_server_use_time",
                TransferCount.NONE,
                TransferCount.NONE,
                0,
                duration,
                outcome);
    }

    private static SessionSummary session(String user, String path, String outcome) {
        return session(user, path, outcome, Duration.ofSeconds(1));
    }

    private StatusSnapshot snapshot() {
        return status.snapshot(HERE, List.of(), 0, 0);
    }

    private List<String> lastPaths() {
        return snapshot().lastSyncs().stream()
                .map(last -> last.summary().serverPath())
                .toList();
    }

    @Test
    void keepsTheLastSessionOfEachUserAndDirectoryTheLatestFirst() {
        status.ended(session("ann", "/a", "done"), true);
        status.ended(session("ann", "/b", "done"), true);
        status.ended(session("bob", "/a", "done"), true);
        status.ended(session("ann", "/a", "cut short"), true);

        assertThat(snapshot().lastSyncs())
                .extracting(
                        LastSync::ended,
                        last -> last.summary().user(),
                        last -> last.summary().serverPath(),
                        last -> last.summary().outcome())
                .containsExactly(
                        tuple(NOW, "ann", "/a", "cut short"),
                        tuple(NOW, "bob", "/a", "done"),
                        tuple(NOW, "ann", "/b", "done"));
    }

    @Test
    void forgetsTheOldestOfMoreThanAThousand() {
        IntStream.range(0, 1001).forEach(i -> status.ended(session("ann", "/" + i, "done"), true));

        assertThat(lastPaths()).hasSize(1000).startsWith("/1000").doesNotContain("/0");
    }

    @Test
    void keepsWhatAUserWasRefusedButNothingThatAStrangerMadeUp() {
        status.ended(session("ann", "/gone", "refused"), false);
        status.ended(session("-", "/made up", "refused"), false);
        status.ended(session("-", "-", "cut short"), false);
        status.ended(session("-", "/offered", "done"), true);

        assertThat(lastPaths()).containsExactly("/offered", "/gone");
    }

    @Test
    void listsTheLongestSessionsAndCountsAllOfThem() {
        List<SessionSummary> sessions = IntStream.range(0, 1500)
                .mapToObj(i -> session("ann", "/" + i, "uploading", Duration.ofSeconds(i)))
                .toList();

        StatusSnapshot snapshot = status.snapshot(HERE, sessions, 1600, 7);

        assertThat(snapshot.sessions()).hasSize(1000).first().isEqualTo(sessions.get(1499));
        assertThat(snapshot.sessionCount()).isEqualTo(1600);
        assertThat(snapshot.unadmitted()).isEqualTo(7);
    }

    @Test
    void countsWhichLimitsWereMet() {
        status.refused("max_connections");
        status.refused("max_connections");
        status.refused("max_connections_per_address");
        status.madeRoom();
        status.notAccepted();
        status.loginDelayed();
        status.loginRefused();

        assertThat(snapshot().limits())
                .isEqualTo(new LimitsHit(Map.of("max_connections", 2L, "max_connections_per_address", 1L), 1, 1, 1, 1));
    }
}
