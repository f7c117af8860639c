package org.sksync.server.status;

import java.util.Map;

/**
 * How often clients met a limit since the daemon's start.
 *
 * @param refused connections that were closed as soon as they came, by the configuration's key of the limit
 * @param madeRoom connections that had not greeted and were closed since a new one needed the place
 * @param notAccepted how often the system could give no connection
 * @param delayedLogins logins that had to wait for their answer
 * @param refusedLogins logins, and certificates, that were refused
 */
public record LimitsHit(
        Map<String, Long> refused, long madeRoom, long notAccepted, long delayedLogins, long refusedLogins) {

    /** Copies the map. */
    public LimitsHit {
        refused = Map.copyOf(refused);
    }
}
