package org.sksync.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sksync.cli.setup.SetupException;
import org.sksync.config.ConfigEdit;
import org.sksync.config.ConfigEditor;
import org.sksync.config.ConfigException;
import org.sksync.config.KeyChanges;
import org.sksync.config.Secret;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code sksync job add}: adds a profile, from options or from answers. */
@Command(
        name = "add",
        description = {
            "Adds a profile.",
            "",
            "It needs --host, --server-path and --client-path; where one is missing, it asks for the main keys at a"
                    + " terminal. What is not told is the same with and without a terminal: port 23456, TLS, all that"
                    + " lies beneath, both ways by time. The folder here is made if it is missing."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        sortOptions = false)
@EndsWith({ExitCode.DONE, ExitCode.ERROR, ExitCode.USAGE, ExitCode.INTERRUPTED})
final class JobAddCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final JobOptions options;

    @Parameters(paramLabel = "NAME", description = "The new profile.")
    private String name = "";

    private JobAddCommand(JobOptions options) {
        this.options = options;
    }

    static CommandLine line(Terminals terminals, InputStream standardInput, Clock clock) {
        return JobOptions.line(new JobAddCommand(new JobOptions(terminals, standardInput, clock)));
    }

    @Override
    public Integer call() {
        return options.run(this::add);
    }

    private void add(Terminal terminal) throws CommandFailure, SetupException, ConfigException, IOException {
        ConfigEditor editor = options.editor();
        Path file = editor.file();
        if (editor.profileNames().contains(name)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    file + ": there is a profile \"" + name + "\" already; choose another name, or change it with:"
                            + " sksync job edit " + ShellWord.of(name));
        }
        ParseResult words = spec.commandLine().getParseResult();
        KeyChanges keys = JobAnswers.forNew(terminal, words, editor).complete();
        password(keys, terminal).ifPresent(secret -> keys.secret("password", secret));
        editor.requireAddable(name, keys);
        provideFolder(words, keys, file, terminal);
        ConfigEdit edit = editor.addProfile(name, keys);
        options.tell(
                "added",
                name,
                "added " + name + " to " + file + "; to sync it: sksync sync " + ShellWord.of(name)
                        + options.common().asWords(),
                edit,
                terminal);
    }

    private Optional<Secret> password(KeyChanges keys, Terminal terminal) throws CommandFailure {
        if (!options.pipesPassword() && keys.sets(ProfileKey.USERNAME.key()) && terminal.canAsk()) {
            return new JobPassword(terminal).askedOrNone();
        }
        return options.pipedPassword();
    }

    private static void provideFolder(ParseResult words, KeyChanges keys, Path file, Terminal terminal)
            throws CommandFailure, SetupException {
        Path folder = Path.of(keys.textOf(ProfileKey.CLIENT_PATH.key()).orElseThrow());
        if (words.matchedOptionValue(ProfileKey.ALLOW_WIDE_CLIENT_PATH.flag(), false)) {
            ChosenFolder.provideWide(folder, terminal);
        } else {
            ChosenFolder.provide(folder, file, terminal);
        }
    }
}
