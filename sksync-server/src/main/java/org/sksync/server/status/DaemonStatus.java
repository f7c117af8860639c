package org.sksync.server.status;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sksync.server.transfer.SessionSummary;

/** Counts what an operator wants to know of a daemon, in bounded memory. Safe on any thread. */
public final class DaemonStatus {

    /** How many sessions under way a snapshot lists. */
    public static final int MAX_SESSIONS = 1000;

    /** How many last syncs are kept; the oldest go. */
    public static final int MAX_LAST_SYNCS = 1000;

    private static final String NOBODY = "-";

    private final Clock clock;
    private final Instant started;
    private final Map<Place, LastSync> lastSyncs = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, LastSync> eldest) {
            return size() > MAX_LAST_SYNCS;
        }
    };
    private final Map<String, Long> refused = new HashMap<>();
    private long madeRoom;
    private long notAccepted;
    private long delayedLogins;
    private long refusedLogins;

    private record Place(String user, String serverPath) {}

    /** Creates the status of a daemon that starts now. */
    public DaemonStatus(Clock clock) {
        this.clock = clock;
        this.started = clock.instant();
    }

    /**
     * Keeps how a session went that got as far as its request. Where nobody logged in only one whose directory was
     * opened: whoever can connect could push out the others with names of directories that are none.
     *
     * @param opened whether its directory was opened
     */
    public synchronized void ended(SessionSummary summary, boolean opened) {
        boolean asked = !summary.serverPath().equals(NOBODY);
        if (asked && (opened || !summary.user().equals(NOBODY))) {
            Place place = new Place(summary.user(), summary.serverPath());
            // Out and in again, so that the order is that of the ends.
            lastSyncs.remove(place);
            lastSyncs.put(place, new LastSync(clock.instant(), summary));
        }
    }

    /** Counts a connection that was closed as soon as it came, for the limit of this key. */
    public synchronized void refused(String limit) {
        refused.merge(limit, 1L, Long::sum);
    }

    /** Counts a connection that was closed for another one. */
    public synchronized void madeRoom() {
        madeRoom++;
    }

    /** Counts that the system could give no connection. */
    public synchronized void notAccepted() {
        notAccepted++;
    }

    /** Counts a login that has to wait. */
    public synchronized void loginDelayed() {
        delayedLogins++;
    }

    /** Counts a login, or a certificate, that was refused. */
    public synchronized void loginRefused() {
        refusedLogins++;
    }

    /**
     * Returns all of it.
     *
     * @param sessions those under way, in any order
     * @param sessionCount how many there are, those included that are not among {@code sessions}
     * @param unadmitted how many connections there are beside them
     */
    public StatusSnapshot snapshot(
            InetSocketAddress address, List<SessionSummary> sessions, int sessionCount, int unadmitted) {
        List<SessionSummary> longestFirst = sessions.stream()
                .sorted(Comparator.comparing(SessionSummary::duration).reversed())
                .limit(MAX_SESSIONS)
                .toList();
        synchronized (this) {
            List<LastSync> latestFirst = new ArrayList<>(lastSyncs.values());
            Collections.reverse(latestFirst);
            return new StatusSnapshot(
                    started,
                    clock.instant(),
                    address,
                    longestFirst,
                    sessionCount,
                    unadmitted,
                    latestFirst,
                    new LimitsHit(refused, madeRoom, notAccepted, delayedLogins, refusedLogins));
        }
    }
}
