package org.sksync.cli.command;

import org.sksync.config.ServerLimits;
import org.sksync.server.config.DaemonLimits;
import org.sksync.server.config.SessionLimits;
import org.sksync.server.config.Timeouts;

/** The limits of a configuration as a server takes them. */
final class LimitsMapping {

    private LimitsMapping() {}

    static SessionLimits session(ServerLimits limits) {
        return new SessionLimits(
                limits.maxFileBytes(),
                limits.maxListedFiles(),
                limits.maxListingBytes(),
                limits.reservedFreeBytes(),
                new Timeouts(
                        limits.tlsTimeout(),
                        limits.openingTimeout(),
                        limits.requestTimeout(),
                        limits.listingTimeout(),
                        limits.fileTimeout(),
                        limits.minBytesPerSecond(),
                        limits.rateWindow(),
                        limits.diskTimeout()));
    }

    static DaemonLimits daemon(ServerLimits limits) {
        return new DaemonLimits(
                limits.maxConnections(),
                limits.maxConnectionsPerAddress(),
                limits.maxUnauthenticated(),
                limits.listingsMemoryBytes().orElseGet(DaemonLimits::defaultListingsMemoryBytes),
                limits.loginFailuresPerMinute());
    }
}
