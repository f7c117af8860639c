package org.sksync.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sksync.cli.command.Display.Verbosity;
import org.sksync.cli.status.StatusPlace;
import org.sksync.cli.status.StatusQuestion;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sksync status}: asks the daemon that runs with a configuration how it does. */
@Command(
        name = "status",
        description = "Asks the running daemon for its sessions, last syncs and limits hit.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        sortOptions = false,
        footer = {
            "",
            "The daemon is found by its configuration, which is not read. It answers the user",
            "that runs it, nobody else."
        })
@EndsWith({ExitCode.DONE, ExitCode.ERROR, ExitCode.USAGE, ExitCode.NETWORK})
final class StatusCommand implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Terminals terminals;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @ArgGroup
    private @Nullable Amount amount;

    @Mixin
    private FormatOptions format = new FormatOptions();

    StatusCommand(Terminals terminals) {
        this.terminals = terminals;
    }

    /** How much is told: less or more, not both. */
    private static final class Amount {

        @Option(
                names = {"-q", "--quiet"},
                order = 5,
                description = "Tell of errors alone: whether a daemon answers is in the exit code.")
        private boolean quiet;

        @Option(
                names = {"-v", "--verbose"},
                order = 6,
                description = "List each last sync, not only the latest.")
        private boolean verbose;
    }

    /** Returns where the daemon with this configuration answers. */
    static StatusPlace place(Path file) {
        return StatusPlace.of(file, System.getenv(), Path.of(System.getProperty("user.home")));
    }

    @Override
    public Integer call() {
        Display display = format.display(verbosity(), common.debug());
        Terminal terminal = terminals.open(display);
        return Attempt.at(terminal, () -> {
            tell(ask(), display, terminal);
            return ExitCode.DONE;
        });
    }

    private static void tell(StatusAnswer answer, Display display, Terminal terminal) {
        if (display.format() == Display.Format.JSON) {
            terminal.tell("", answer.json());
        } else {
            StatusText.of(answer, ZoneId.systemDefault(), display.verbosity() == Verbosity.VERBOSE)
                    .forEach(terminal::print);
        }
    }

    private Verbosity verbosity() {
        if (amount == null) {
            return Verbosity.NORMAL;
        }
        return amount.quiet ? Verbosity.QUIET : amount.verbose ? Verbosity.VERBOSE : Verbosity.NORMAL;
    }

    private StatusAnswer ask() throws CommandFailure, InterruptedException {
        try {
            Optional<String> answer = StatusQuestion.ask(place(common.file()), LIMIT);
            return StatusAnswer.parse(answer.orElseThrow(this::nobody));
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.NETWORK, e, "; look at its log, or ask again");
        }
    }

    private CommandFailure nobody() {
        return new CommandFailure(
                ExitCode.NETWORK,
                "no daemon of this user runs with "
                        + common.file().toAbsolutePath().normalize()
                        + "; start one with: sksync server -c " + common.file()
                        + " (if one runs, ask as its user and name the same file)");
    }
}
