package org.sksync.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code sksync help}: shows the help of the program, or of a command. */
@Command(
        name = "help",
        description = "Shows the help of a command, or of the program.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class)
@EndsWith({ExitCode.DONE, ExitCode.USAGE})
final class HelpCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "COMMAND",
            arity = "0..*",
            description = "The command, such as sync, or job add (default: the program).")
    private List<String> words = new ArrayList<>();

    @Override
    public Integer call() {
        CommandLine asked = CompletionCommand.root(spec).commandLine();
        for (String word : words) {
            CommandLine below = asked.getSubcommands().get(word);
            if (below == null) {
                throw new UnmatchedArgumentException(asked, List.of(word));
            }
            asked = below;
        }
        asked.usage(spec.commandLine().getOut());
        return ExitCode.DONE.code();
    }
}
