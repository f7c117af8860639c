package org.sksync.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sksync.cli.command.Display.Verbosity;
import org.sksync.cli.status.StatusPlace;
import org.sksync.cli.status.StatusQuestion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
            "that runs it, nobody else. With -v each last sync is listed, not only the latest."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the daemon has answered",
            "1:an error that is none of those below",
            "2:the command line is wrong",
            "5:no daemon answers"
        })
final class StatusCommand implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Terminals terminals;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    StatusCommand(Terminals terminals) {
        this.terminals = terminals;
    }

    /** Returns where the daemon with this configuration answers. */
    static StatusPlace place(Path file) {
        return StatusPlace.of(file, System.getenv(), Path.of(System.getProperty("user.home")));
    }

    @Override
    public Integer call() {
        Display display = output.display(common.debug());
        Terminal terminal = terminals.open(display);
        try {
            StatusAnswer answer = StatusAnswer.parse(ask());
            if (display.format() == Display.Format.JSON) {
                terminal.tell("", answer.json());
            } else {
                StatusText.of(answer, ZoneId.systemDefault(), display.verbosity() == Verbosity.VERBOSE)
                        .forEach(terminal::print);
            }
            return ExitCode.DONE.code();
        } catch (CommandFailure e) {
            terminal.error(e.sentence(), e);
            return e.exitCode().code();
        } catch (IOException e) {
            terminal.error(e.getMessage() + "; look at its log, or ask again", e);
            return ExitCode.NETWORK.code();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED.code();
        }
    }

    private String ask() throws IOException, InterruptedException, CommandFailure {
        Optional<String> answer = StatusQuestion.ask(place(common.file()), LIMIT);
        return answer.orElseThrow(() -> new CommandFailure(
                ExitCode.NETWORK,
                "no daemon of this user runs with "
                        + common.file().toAbsolutePath().normalize()
                        + "; start one with: sksync server -c " + common.file()
                        + " (if one runs, ask as its user and name the same file)"));
    }
}
