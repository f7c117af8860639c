package org.sksync.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A real sksync.json in a directory of a test. */
record ConfigFile(Path path) {

    static final String SALT = "cf78a7a5";
    static final String VERIFIER = "7443843a24acb936bfb5d5e0d4184a3fd521d4edd8096cf2ac9cdc62eed1a363";

    /** Writes the file so that only its owner may read it. */
    static ConfigFile of(Path directory, String content) throws IOException {
        Path path = Files.writeString(directory.resolve("sksync.json"), content);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        return new ConfigFile(path);
    }

    SkSyncConfig read() throws ConfigException {
        return ConfigReader.read(path);
    }
}
