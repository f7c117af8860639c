package org.sksync.cli.command;

import java.io.InputStream;
import java.util.Optional;
import org.sksync.config.Secret;

/** Where a profile's password comes from: a person at a terminal, or standard input. Never an argument. */
final class JobPassword {

    private final Terminal terminal;
    private final InputStream standardInput;

    JobPassword(Terminal terminal, InputStream standardInput) {
        this.terminal = terminal;
        this.standardInput = standardInput;
    }

    Secret piped() throws CommandFailure {
        return new Secret(FirstLine.of(standardInput, "the password"));
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
