package org.sksync.config;

import java.time.Duration;

/**
 * How long files are kept that a sync replaces.
 *
 * @param age zero keeps none
 * @param bytes how much of them one directory keeps before the oldest go
 */
public record KeepSettings(Duration age, long bytes) {

    private static final int MAX_DAYS = 36_500;
    private static final int DEFAULT_MB = 10_240;
    private static final int MAX_MB = 100_000_000;
    /** The bytes of what the file counts in. */
    public static final long MB = 1024L * 1024;

    static KeepSettings of(Settings settings, int defaultDays) throws ConfigException {
        return new KeepSettings(
                Duration.ofDays(settings.number("keep_replaced_days", defaultDays, 0, MAX_DAYS)),
                settings.number("keep_replaced_mb", DEFAULT_MB, 1, MAX_MB) * MB);
    }
}
