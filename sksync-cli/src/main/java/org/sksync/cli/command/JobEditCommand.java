package org.sksync.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sksync.cli.reference.ProfileNames;
import org.sksync.config.ClientProfile;
import org.sksync.config.ConfigEdit;
import org.sksync.config.ConfigEditor;
import org.sksync.config.ConfigException;
import org.sksync.config.ConfigReader;
import org.sksync.config.KeyChanges;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code sksync job edit}: changes keys of a profile, from options or from answers. */
@Command(
        name = "edit",
        description = {
            "Changes keys of a profile; the others stay as they are.",
            "",
            "Without an option it asks for each of the main keys, and keeps what is not answered."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        customSynopsis = "sksync job edit NAME [KEY OPTIONS] [-c FILE] [-q | -v] [--json] [--color WHEN] [--debug]",
        sortOptions = false)
final class JobEditCommand implements Callable<Integer> {

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

    @Option(names = "--ask-password", order = 51, description = "Ask for the password, which does not appear.")
    private boolean askPassword;

    @Option(
            names = "--unset",
            order = 52,
            paramLabel = "KEY",
            description = "Remove a key, so that its default counts, or what the file says for all profiles; may be"
                    + " repeated.")
    private List<String> unset = new ArrayList<>();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "NAME", completionCandidates = ProfileNames.class, description = "The profile.")
    private String name = "";

    private JobEditCommand(Terminals terminals, InputStream standardInput, Clock clock) {
        this.terminals = terminals;
        this.standardInput = standardInput;
        this.clock = clock;
    }

    static CommandLine line(Terminals terminals, InputStream standardInput, Clock clock) {
        CommandLine line = new CommandLine(new JobEditCommand(terminals, standardInput, clock));
        ProfileKey.addOptions(line.getCommandSpec());
        return line;
    }

    @Override
    public Integer call() {
        return JobCommand.run(common, terminals.open(output.display(common.debug())), this::edit);
    }

    private void edit(Terminal terminal) throws CommandFailure, ConfigException, IOException {
        KeyChanges keys = changes(terminal);
        if (keys.isEmpty()) {
            terminal.print("nothing to change in " + name);
            return;
        }
        ConfigEdit edit = new ConfigEditor(common.file(), clock).changeProfile(name, keys);
        JobCommand.tell("changed", name, "changed " + name + " in " + common.file(), edit, common, terminal);
    }

    private KeyChanges changes(Terminal terminal) throws CommandFailure, ConfigException {
        ParseResult words = spec.commandLine().getParseResult();
        JobPassword password = new JobPassword(terminal, standardInput);
        KeyChanges keys;
        if (isTold(words)) {
            keys = JobAnswers.told(words);
            for (String key : unset) {
                keys.remove(known(key));
            }
        } else if (terminal.canAsk()) {
            ClientProfile now = ConfigReader.read(common.file()).profile(name);
            keys = new JobAnswers(terminal, words, List.of(), Optional.of(now)).complete();
        } else {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "nothing to change, and no terminal to ask at; say what with options (sksync job edit --help)");
        }
        if (passwordStdin) {
            keys.secret("password", password.piped());
        } else if (askPassword) {
            keys.secret("password", password.asked());
        }
        return keys;
    }

    private boolean isTold(ParseResult words) {
        boolean byKey = false;
        for (ProfileKey key : ProfileKey.values()) {
            byKey |= key.isIn(words);
        }
        return byKey || passwordStdin || askPassword || !unset.isEmpty();
    }

    private static String known(String key) throws CommandFailure {
        if (!ClientProfile.keys().contains(key)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--unset: \"" + key + "\" (expected: one of " + String.join(", ", ClientProfile.keys()) + ")");
        }
        return key;
    }
}
