package org.sksync.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
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
        sortOptions = false)
@EndsWith({ExitCode.DONE, ExitCode.ERROR, ExitCode.USAGE, ExitCode.INTERRUPTED})
final class JobEditCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final JobOptions options;

    @Option(names = "--ask-password", order = 51, description = "Ask for the password, which does not appear.")
    private boolean askPassword;

    @Option(
            names = "--unset",
            order = 52,
            paramLabel = "KEY",
            description = "Remove a key, so that its default counts, or what the file says for all profiles; may be"
                    + " repeated.")
    private List<String> unset = new ArrayList<>();

    @Parameters(paramLabel = "NAME", completionCandidates = ProfileNames.class, description = "The profile.")
    private String name = "";

    private JobEditCommand(JobOptions options) {
        this.options = options;
    }

    static CommandLine line(Terminals terminals, InputStream standardInput, Clock clock) {
        return JobOptions.line(new JobEditCommand(new JobOptions(terminals, standardInput, clock)));
    }

    @Override
    public Integer call() {
        return options.run(this::edit);
    }

    private void edit(Terminal terminal) throws CommandFailure, ConfigException, IOException {
        KeyChanges keys = changes(terminal);
        if (keys.isEmpty()) {
            terminal.print("nothing to change in " + name);
            return;
        }
        ConfigEditor editor = options.editor();
        ConfigEdit edit = editor.changeProfile(name, keys);
        options.tell("changed", name, "changed " + name + " in " + editor.file(), edit, terminal);
    }

    private KeyChanges changes(Terminal terminal) throws CommandFailure, ConfigException {
        ParseResult words = spec.commandLine().getParseResult();
        KeyChanges keys;
        if (isTold(words)) {
            keys = JobAnswers.told(words);
            for (String key : unset) {
                keys.remove(known(key));
            }
        } else if (terminal.canAsk()) {
            ClientProfile now = ConfigReader.read(options.common().file()).profile(name);
            keys = JobAnswers.forChange(terminal, words, now).complete();
        } else {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "nothing to change, and no terminal to ask at; say what with options (sksync job edit --help)");
        }
        if (askPassword && !options.pipesPassword()) {
            keys.secret("password", new JobPassword(terminal).asked());
        }
        options.pipedPassword().ifPresent(secret -> keys.secret("password", secret));
        return keys;
    }

    private boolean isTold(ParseResult words) {
        boolean byKey = false;
        for (ProfileKey key : ProfileKey.values()) {
            byKey |= key.isIn(words);
        }
        return byKey || options.pipesPassword() || askPassword || !unset.isEmpty();
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
