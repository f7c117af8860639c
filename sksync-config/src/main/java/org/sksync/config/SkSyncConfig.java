package org.sksync.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A sksync.json that was read. What concerns a server is checked when {@link #server} is asked, what concerns a profile
 * when that {@link #profile} is asked: a file that is used for one is not refused because of the other. Immutable.
 */
public final class SkSyncConfig {

    private SkSyncConfig() {}

    /** Returns the configuration of a place without a file: every key has its default. */
    public static SkSyncConfig defaults() {
        return new SkSyncConfig();
    }

    /** Returns what the user should know about the file though it can be used: one sentence each, in file order. */
    public List<String> warnings() {
        return List.of();
    }

    /** Returns the names of the profiles, in file order. */
    public List<String> profileNames() {
        return List.of();
    }

    /**
     * Returns whether the file asks for more to be logged.
     *
     * @throws ConfigException if {@code debug} is neither true nor false
     */
    public boolean debug() throws ConfigException {
        return false;
    }

    /**
     * Returns what the file says to a server.
     *
     * @throws ConfigException if a value that a server uses is wrong, or if the values contradict each other
     */
    public ServerSettings server() throws ConfigException {
        return new ServerSettings(
                "0.0.0.0",
                23456,
                false,
                true,
                List.of(),
                WhitelistPolicy.DENY,
                false,
                false,
                new TlsFiles(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                Map.of(),
                List.of(),
                Duration.ofSeconds(1),
                false,
                false);
    }

    /**
     * Returns the profile of that name.
     *
     * @throws ConfigException if there is none, if a value that it uses is wrong, or if the values contradict each other
     */
    public ClientProfile profile(String name) throws ConfigException {
        Optional<ClientProfile> found = Optional.empty();
        return found.orElseThrow(() -> new ConfigException("there is no profile " + name));
    }
}
