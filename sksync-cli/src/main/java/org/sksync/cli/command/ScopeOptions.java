package org.sksync.cli.command;

import java.util.Optional;
import org.sksync.cli.service.ServiceScope;
import picocli.CommandLine.Option;

/** Whose service a command is about. */
final class ScopeOptions {

    @Option(names = "--system", order = 2, description = "The machine's service (default for the administrator).")
    private boolean system;

    @Option(names = "--user", order = 3, description = "A service of your own (default for everybody else).")
    private boolean user;

    /** Returns what was asked for; empty if nothing was. */
    Optional<ServiceScope> asked() throws CommandFailure {
        if (system && user) {
            throw new CommandFailure(ExitCode.USAGE, "--system and --user exclude each other; choose one");
        }
        return system ? Optional.of(ServiceScope.SYSTEM) : user ? Optional.of(ServiceScope.USER) : Optional.empty();
    }
}
