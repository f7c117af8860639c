package org.sksync.cli.command;

import java.util.Optional;
import org.sksync.config.Secret;

/** A profile's password as a person at the terminal types it. */
final class JobPassword {

    private final Terminal terminal;

    JobPassword(Terminal terminal) {
        this.terminal = terminal;
    }

    Secret asked() throws CommandFailure {
        if (!terminal.canAsk()) {
            throw new CommandFailure(
                    ExitCode.USAGE, "there is no terminal to ask for the password at; give it with --password-stdin");
        }
        return terminal.askSecret("Password: ")
                .filter(typed -> typed.length > 0)
                .map(typed -> new Secret(new String(typed)))
                .orElseThrow(() -> new CommandFailure(ExitCode.USAGE, "the password is empty; nothing was changed"));
    }

    /** Asks for it; empty where it is to be asked for at each sync. */
    Optional<Secret> askedOrNone() throws CommandFailure {
        char[] typed = terminal.askSecret("Password (nothing: asked for at each sync): ")
                .orElseThrow(Terminal::inputEnded);
        return typed.length == 0 ? Optional.empty() : Optional.of(new Secret(new String(typed)));
    }
}
