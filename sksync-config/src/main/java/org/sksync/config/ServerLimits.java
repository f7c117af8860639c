package org.sksync.config;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What sksync.json says of how much clients may take of a server.
 *
 * @param maxConnections how many may be connected
 * @param maxConnectionsPerAddress how many of these from one address
 * @param maxUnauthenticated how many of these whose greeting has not been accepted
 * @param tlsTimeout for a TLS handshake
 * @param openingTimeout from then until the greeting is accepted
 * @param requestTimeout from then until the request is there
 * @param listingTimeout from then until all of the listing is there
 * @param fileTimeout for a requested file's length, and for its checksum
 * @param minBytesPerSecond how fast listings and content must come, and what is sent must be taken
 * @param rateWindow over which that is measured
 * @param diskTimeout for one piece of work of the own disk
 * @param maxListedFiles how many files a client may list
 * @param maxListingBytes how much text a listing may have
 * @param listingsMemoryBytes the memory for all listings together; empty to leave it to the server
 * @param maxFileBytes the largest file that is taken; {@link Long#MAX_VALUE} for no limit
 * @param reservedFreeBytes how much of a disk stays free
 * @param loginFailuresPerMinute after how many failures logins are delayed
 */
public record ServerLimits(
        int maxConnections,
        int maxConnectionsPerAddress,
        int maxUnauthenticated,
        Duration tlsTimeout,
        Duration openingTimeout,
        Duration requestTimeout,
        Duration listingTimeout,
        Duration fileTimeout,
        int minBytesPerSecond,
        Duration rateWindow,
        Duration diskTimeout,
        int maxListedFiles,
        long maxListingBytes,
        OptionalLong listingsMemoryBytes,
        long maxFileBytes,
        long reservedFreeBytes,
        int loginFailuresPerMinute) {

    private static final long MEGABYTE = 1024L * 1024;
    private static final int MANY = 1_000_000;
    private static final int DAY_SECONDS = 24 * 60 * 60;
    private static final int MAX_MEGABYTES = 100_000_000;

    /** The keys, all of the outermost object. */
    static final Set<String> KEYS = Set.of(
            "max_connections",
            "max_connections_per_address",
            "max_unauthenticated",
            "tls_timeout_seconds",
            "opening_timeout_seconds",
            "request_timeout_seconds",
            "listing_timeout_seconds",
            "file_timeout_seconds",
            "min_bytes_per_second",
            "rate_window_seconds",
            "disk_timeout_seconds",
            "max_listed_files",
            "max_listing_mb",
            "max_listings_memory_mb",
            "max_file_mb",
            "reserve_free_mb",
            "login_failures_per_minute");

    /**
     * Reads the keys of {@code settings}.
     *
     * @throws ConfigException if one is out of its range
     */
    static ServerLimits of(Settings settings) throws ConfigException {
        int listingsMemory = settings.number("max_listings_memory_mb", 0, 0, MAX_MEGABYTES);
        int maxFile = settings.number("max_file_mb", 0, 0, MAX_MEGABYTES);
        return new ServerLimits(
                settings.number("max_connections", 2000, 1, MANY),
                settings.number("max_connections_per_address", 500, 1, MANY),
                settings.number("max_unauthenticated", 1000, 1, MANY),
                seconds(settings, "tls_timeout_seconds", 10),
                seconds(settings, "opening_timeout_seconds", 15),
                seconds(settings, "request_timeout_seconds", 15),
                seconds(settings, "listing_timeout_seconds", 600),
                seconds(settings, "file_timeout_seconds", 60),
                settings.number("min_bytes_per_second", 1024, 1, 999_999_999),
                seconds(settings, "rate_window_seconds", 60),
                seconds(settings, "disk_timeout_seconds", 60),
                settings.number("max_listed_files", 1_000_000, 1, 100_000_000),
                MEGABYTE * settings.number("max_listing_mb", 256, 1, MAX_MEGABYTES),
                listingsMemory == 0 ? OptionalLong.empty() : OptionalLong.of(MEGABYTE * listingsMemory),
                maxFile == 0 ? Long.MAX_VALUE : MEGABYTE * maxFile,
                MEGABYTE * settings.number("reserve_free_mb", 64, 0, MAX_MEGABYTES),
                settings.number("login_failures_per_minute", 5, 1, 10_000));
    }

    private static Duration seconds(Settings settings, String key, int otherwise) throws ConfigException {
        return Duration.ofSeconds(settings.number(key, otherwise, 1, DAY_SECONDS));
    }
}
