package org.sksync.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerLimitsTest {

    @TempDir
    private Path directory;

    private ServerLimits limits(String content) throws IOException, ConfigException {
        SkSyncConfig config = ConfigFile.of(directory, content).read();
        assertThat(config.warnings()).isEmpty();
        return config.server().limits();
    }

    @Test
    void takesEveryKey() throws Exception {
        assertThat(limits("""
                {"max_connections": 1, "max_connections_per_address": 2, "max_unauthenticated": 3,
                 "tls_timeout_seconds": 4, "opening_timeout_seconds": 5, "request_timeout_seconds": 6,
                 "listing_timeout_seconds": 7, "file_timeout_seconds": 8, "min_bytes_per_second": 9,
                 "rate_window_seconds": 10, "disk_timeout_seconds": 11, "max_listed_files": 12,
                 "max_listing_mb": 13, "max_listings_memory_mb": 14, "max_file_mb": 15, "reserve_free_mb": 16,
                 "login_failures_per_minute": 17}"""))
                .isEqualTo(new ServerLimits(
                        1,
                        2,
                        3,
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(7),
                        Duration.ofSeconds(8),
                        9,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(11),
                        12,
                        13 * 1024 * 1024,
                        OptionalLong.of(14 * 1024 * 1024),
                        15 * 1024 * 1024,
                        16 * 1024 * 1024,
                        17));
    }

    @Test
    void takesNothingForNoLimitWhereThatMakesSense() throws Exception {
        ServerLimits limits = limits("""
                {"max_file_mb": 0, "max_listings_memory_mb": 0, "reserve_free_mb": 0}""");

        assertThat(limits.maxFileBytes()).isEqualTo(Long.MAX_VALUE);
        assertThat(limits.listingsMemoryBytes()).isEmpty();
        assertThat(limits.reservedFreeBytes()).isZero();
    }

    @Test
    void holdsTheLargestValues() throws Exception {
        ServerLimits limits = limits("""
                {"max_file_mb": 100000000, "max_listing_mb": 100000000, "listing_timeout_seconds": 86400}""");

        assertThat(limits.maxFileBytes()).isEqualTo(100_000_000L * 1024 * 1024);
        assertThat(limits.maxListingBytes()).isEqualTo(100_000_000L * 1024 * 1024);
        assertThat(limits.listingTimeout()).isEqualTo(Duration.ofDays(1));
    }

    @ParameterizedTest
    @CsvSource({
        "max_connections, 0, 1 to 1000000",
        "max_connections, 1000001, 1 to 1000000",
        "max_connections_per_address, 0, 1 to 1000000",
        "max_unauthenticated, 0, 1 to 1000000",
        "tls_timeout_seconds, 0, 1 to 86400",
        "opening_timeout_seconds, -1, 1 to 86400",
        "request_timeout_seconds, 1.5, 1 to 86400",
        "listing_timeout_seconds, 86401, 1 to 86400",
        "file_timeout_seconds, '\"60\"', 1 to 86400",
        "min_bytes_per_second, 0, 1 to 999999999",
        "rate_window_seconds, 0, 1 to 86400",
        "disk_timeout_seconds, 0, 1 to 86400",
        "max_listed_files, 0, 1 to 100000000",
        "max_listing_mb, 0, 1 to 100000000",
        "max_listings_memory_mb, -1, 0 to 100000000",
        "max_file_mb, -1, 0 to 100000000",
        "reserve_free_mb, 100000001, 0 to 100000000",
        "login_failures_per_minute, 0, 1 to 10000",
    })
    void refusesWhatIsOutOfRangeAndNamesTheKeyAndTheRange(String key, String value, String range) throws IOException {
        ConfigFile file = ConfigFile.of(directory, "{\"" + key + "\": " + value + "}");

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> file.read().server())
                .withMessageContaining(
                        ", line 1: " + key + " is " + value + ", but must be a whole number from " + range);
    }
}
