package org.sksync.cli.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the program keeps what concerns this user on this machine, as the platform would have it. */
final class StateDirectory {

    private static final String NAME = "sksync";

    private StateDirectory() {}

    /** Returns the directory of this process's user, which need not exist; empty where the user has no home. */
    static Optional<Path> ofThisUser() {
        return of(System.getenv(), System.getProperty("os.name"), System.getProperty("user.home"));
    }

    /** Returns {@code $XDG_STATE_HOME/sksync} where that is set, elsewhere the platform's own place. */
    static Optional<Path> of(Map<String, String> environment, String system, String home) {
        Path state = absolute(environment.get("XDG_STATE_HOME"));
        if (state == null && system.startsWith("Windows")) {
            state = absolute(environment.get("LOCALAPPDATA"));
        }
        Path own = absolute(home);
        if (state == null && own != null) {
            state = own.resolve(
                    system.startsWith("Mac") ? Path.of("Library", "Application Support") : Path.of(".local", "state"));
        }
        return state == null ? Optional.empty() : Optional.of(state.resolve(NAME));
    }

    /** A relative path counts as not set, as the XDG base directory specification has it. */
    private static @Nullable Path absolute(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        try {
            Path path = Path.of(value);
            return path.isAbsolute() ? path : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }
}
