package org.sksync.server.config;

/**
 * How much all clients of a daemon may take together.
 *
 * @param maxConnections how many may be connected
 * @param maxConnectionsPerAddress how many of these from one IPv4 address, or one /64 of IPv6
 * @param maxUnadmitted how many whose greeting has not been accepted
 * @param listingsMemoryBytes the memory for all listings, clients' and own
 * @param loginFailuresPerMinute after how many failures a minute logins of one user from one address are delayed
 */
public record DaemonLimits(
        int maxConnections,
        int maxConnectionsPerAddress,
        int maxUnadmitted,
        long listingsMemoryBytes,
        int loginFailuresPerMinute) {

    /** Checks that every limit is positive. */
    public DaemonLimits {
        if (maxConnections <= 0
                || maxConnectionsPerAddress <= 0
                || maxUnadmitted <= 0
                || listingsMemoryBytes <= 0
                || loginFailuresPerMinute <= 0) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    /** Returns the limits where nothing else is configured. */
    public static DaemonLimits defaults() {
        return new DaemonLimits(2000, 500, 1000, defaultListingsMemoryBytes(), 5);
    }

    /** Returns four fifths of the JVM's memory: listings are by far the most that a daemon keeps. */
    public static long defaultListingsMemoryBytes() {
        return Runtime.getRuntime().maxMemory() / 5 * 4;
    }
}
