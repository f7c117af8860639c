package org.sksync.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sksync.config.ConfigEdit;
import org.sksync.config.ConfigEditor;
import org.sksync.config.ConfigException;
import org.sksync.config.KeyChanges;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code sksync job add}: adds a profile, from options or from answers. */
@Command(
        name = "add",
        description = {
            "Adds a profile.",
            "",
            "What a server and directories need and no option tells is asked for at a terminal."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        customSynopsis = "sksync job add NAME [KEY OPTIONS] [-c FILE] [-q | -v] [--json] [--color WHEN] [--debug]",
        sortOptions = false)
final class JobAddCommand implements Callable<Integer> {

    private final Terminals terminals;
    private final InputStream standardInput;
    private final Clock clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Option(
            names = "--password-stdin",
            order = 50,
            description = "Take the password from the first line of standard input.")
    private boolean passwordStdin;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "NAME", description = "The new profile.")
    private String name = "";

    private JobAddCommand(Terminals terminals, InputStream standardInput, Clock clock) {
        this.terminals = terminals;
        this.standardInput = standardInput;
        this.clock = clock;
    }

    static CommandLine line(Terminals terminals, InputStream standardInput, Clock clock) {
        CommandLine line = new CommandLine(new JobAddCommand(terminals, standardInput, clock));
        ProfileKey.addOptions(line.getCommandSpec());
        return line;
    }

    @Override
    public Integer call() {
        return JobCommand.run(common, terminals.open(output.display(common.debug())), this::add);
    }

    private void add(Terminal terminal) throws CommandFailure, ConfigException, IOException {
        ConfigEditor editor = new ConfigEditor(common.file(), clock);
        if (editor.profileNames().contains(name)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    common.file() + ": there is a profile \"" + name + "\" already; choose another name, or change it"
                            + " with: sksync job edit " + ShellWord.of(name));
        }
        ParseResult words = spec.commandLine().getParseResult();
        JobAnswers answers = new JobAnswers(terminal, words, editor.topKeys(), Optional.empty());
        KeyChanges keys = answers.complete();
        JobPassword password = new JobPassword(terminal, standardInput);
        if (passwordStdin) {
            keys.secret("password", password.piped());
        } else if (keys.sets(ProfileKey.USERNAME.key()) && terminal.canAsk()) {
            password.askedOrNone().ifPresent(secret -> keys.secret("password", secret));
        }
        ConfigEdit edit = editor.addProfile(name, keys);
        JobCommand.tell(
                "added",
                name,
                "added " + name + " to " + common.file() + "; to sync it: sksync sync " + ShellWord.of(name)
                        + common.asWords(),
                edit,
                common,
                terminal);
    }
}
