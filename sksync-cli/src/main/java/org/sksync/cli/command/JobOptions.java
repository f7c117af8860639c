package org.sksync.cli.command;

import java.io.InputStream;
import java.time.Clock;
import java.util.Optional;
import org.sksync.config.ConfigEdit;
import org.sksync.config.ConfigEditor;
import org.sksync.config.Secret;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the commands that set keys of a profile have in common. */
final class JobOptions {

    private final Terminals terminals;
    private final InputStream standardInput;
    private final Clock clock;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Option(
            names = "--password-stdin",
            order = 50,
            description = "Take the password from the first line of standard input.")
    private boolean passwordStdin;

    @Mixin
    private OutputOptions output = new OutputOptions();

    /**
     * Creates options that picocli fills in.
     *
     * @param standardInput what {@code --password-stdin} reads
     */
    JobOptions(Terminals terminals, InputStream standardInput, Clock clock) {
        this.terminals = terminals;
        this.standardInput = standardInput;
        this.clock = clock;
    }

    /** Returns the line of a command that has these options, with those of all keys. */
    static CommandLine line(Object command) {
        CommandLine line = new CommandLine(command);
        ProfileKey.addOptions(line.getCommandSpec());
        return line;
    }

    CommonOptions common() {
        return common;
    }

    ConfigEditor editor() {
        return new ConfigEditor(common.file(), clock);
    }

    boolean pipesPassword() {
        return passwordStdin;
    }

    /** Returns the password that is piped; empty where none is. */
    Optional<Secret> pipedPassword() throws CommandFailure {
        return passwordStdin ? Optional.of(new Secret(FirstLine.of(standardInput, "the password"))) : Optional.empty();
    }

    /** Does what the command is for, and returns the exit code. */
    int run(JobCommand.Action action) {
        return JobCommand.run(common, terminals.open(output.display(common.debug())), action);
    }

    /** Tells what was done to a profile. */
    void tell(String action, String name, String sentence, ConfigEdit edit, Terminal terminal) {
        JobCommand.tell(action, name, sentence, edit, common, terminal);
    }
}
