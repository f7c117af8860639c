package org.sksync.server.status;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import org.sksync.server.transfer.SessionSummary;

/**
 * How a daemon does at one moment. What peers sent in it is not escaped; secrets are not in it.
 *
 * @param started since when it runs
 * @param now the moment
 * @param address what it listens on
 * @param sessions those under way whose greeting was accepted, the outcome being the state that each is in; the longest
 *     first, no more than {@value DaemonStatus#MAX_SESSIONS}
 * @param sessionCount how many of these there are
 * @param unadmitted how many connections there are whose greeting has not been accepted
 * @param lastSyncs the last session of each user and directory, the latest first
 * @param limits how often clients met a limit
 */
public record StatusSnapshot(
        Instant started,
        Instant now,
        InetSocketAddress address,
        List<SessionSummary> sessions,
        int sessionCount,
        int unadmitted,
        List<LastSync> lastSyncs,
        LimitsHit limits) {

    /** Copies the lists. */
    public StatusSnapshot {
        sessions = List.copyOf(sessions);
        lastSyncs = List.copyOf(lastSyncs);
    }
}
