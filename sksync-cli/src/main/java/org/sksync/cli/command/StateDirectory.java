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

    /** Returns the directory of this process's user; it need not exist. */
    static Path ofThisUser() {
        return of(System.getenv(), System.getProperty("os.name"), Path.of(System.getProperty("user.home")));
    }

    /** Returns {@code $XDG_STATE_HOME/sksync} where that is set, elsewhere the platform's own place. */
    static Path of(Map<String, String> environment, String system, Path home) {
        return absolute(environment.get("XDG_STATE_HOME"))
                .or(() -> system.startsWith("Windows") ? absolute(environment.get("LOCALAPPDATA")) : Optional.empty())
                .orElseGet(() -> home.resolve(
                        system.startsWith("Mac")
                                ? Path.of("Library", "Application Support")
                                : Path.of(".local", "state")))
                .resolve(NAME);
    }

    /** A relative path counts as not set, as the XDG base directory specification has it. */
    private static Optional<Path> absolute(@Nullable String value) {
        try {
            return Optional.ofNullable(value)
                    .filter(text -> !text.isEmpty())
                    .map(Path::of)
                    .filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
