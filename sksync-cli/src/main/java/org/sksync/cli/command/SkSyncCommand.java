package org.sksync.cli.command;

import java.io.PrintWriter;
import java.lang.reflect.AnnotatedElement;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.sksync.discovery.Discovery;
import org.sksync.useredit.edit.SystemTerminal;
import org.sksync.useredit.edit.UserEditCommand;
import org.sksync.useredit.usage.HelpForm;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The command {@code sksync} with all its sub-commands, as picocli reads them. */
@Command(
        name = "sksync",
        description = "Keeps folders in step with SK Sync's Android app, with pysksync and with itself.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        synopsisSubcommandLabel = "[COMMAND]",
        footer = {
            "",
            "Without a command: sksync server. As in pysksync, the configuration may come",
            "first:",
            "  sksync FILE                 the same as: sksync server -c FILE",
            "  sksync FILE client NAME     the same as: sksync sync NAME -c FILE",
            "",
            "Three commands to a synced folder: sksync init DIR and sksync server where it is",
            "kept, sksync pair and sksync sync NAME on the other machine.",
            "",
            "The script sksync starts this faster than java -jar does (README.md)."
        })
public final class SkSyncCommand {

    private SkSyncCommand() {}

    /**
     * Reads the words and runs the command that they name.
     *
     * @param words in this program's order, the command first
     * @param display how wrong words are reported
     * @param canNameFiles whether this process can name any file; without, only help is given
     * @return the exit code
     */
    public static int run(
            List<String> words,
            SystemTerminal console,
            Terminals terminals,
            PrintWriter out,
            PrintWriter err,
            Display display,
            boolean canNameFiles) {
        UsageErrors errors = new UsageErrors(terminals, display);
        return line(console, terminals)
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors)
                .setExecutionStrategy(parsed -> execute(parsed, terminals.open(display), canNameFiles))
                .execute(words.toArray(String[]::new));
    }

    static CommandLine line(SystemTerminal console, Terminals terminals) {
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        CommandLine line = new CommandLine(new SkSyncCommand())
                .addSubcommand(new InitCommand(terminals, clock, random))
                .addSubcommand(new PairCommand(terminals, console.standardInput(), clock, Discovery::everywhere))
                .addSubcommand(new ClientCommand(terminals))
                .addSubcommand(new WatchCommand(terminals))
                .addSubcommand(JobCommand.line(terminals, console.standardInput(), clock))
                .addSubcommand(new RestoreCommand(terminals, clock, random))
                .addSubcommand(new ServerCommand(terminals))
                .addSubcommand(new StatusCommand(terminals))
                .addSubcommand(new ScanCommand(terminals))
                .addSubcommand(new DoctorCommand(terminals, clock, random))
                .addSubcommand(users(console, clock, random, terminals))
                .addSubcommand(new ServiceCommand(terminals, Machine.here()))
                .addSubcommand(new CompletionCommand())
                .addSubcommand(new ManCommand(terminals))
                .addSubcommand(pysksyncsClient(terminals))
                .addSubcommand(new HelpCommand());
        showExitCodes(line);
        line.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes (of several profiles the worst counts):%n")
                .exitCodeList(ExitCode.table());
        HelpForm.give(line);
        // A word stands for itself: picocli would take @word for a file of words, and fail where it can't read that.
        return line.setExpandAtFiles(false);
    }

    /** Returns useredit, which tells here as all other commands do. */
    private static CommandLine users(SystemTerminal console, Clock clock, SecureRandom random, Terminals terminals) {
        OutputOptions output = new OutputOptions();
        CommandLine users = UserEditCommand.line(
                console, clock, random, (command, debug) -> new UserReport(terminals.open(output.display(debug))));
        users.getSubcommands().values().forEach(each -> each.addMixin("output", output));
        return users;
    }

    private static void showExitCodes(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        AnnotatedElement command = spec.userObject() instanceof AnnotatedElement method
                ? method
                : spec.userObject().getClass();
        EndsWith codes = command.getAnnotation(EndsWith.class);
        if (codes != null) {
            UsageMessageSpec usage = spec.usageMessage();
            if (usage.exitCodeListHeading().isEmpty()) {
                usage.exitCodeListHeading("%nExit codes:%n");
            }
            usage.exitCodeList(ExitCode.table(List.of(codes.value())));
        }
        line.getSubcommands().values().forEach(SkSyncCommand::showExitCodes);
    }

    private static CommandLine pysksyncsClient(Terminals terminals) {
        CommandLine client = new CommandLine(new ClientCommand(terminals));
        client.getCommandSpec()
                .name("client")
                .usageMessage()
                .description("The same as sync, under the name that it has in pysksync.");
        return client;
    }

    private static int execute(ParseResult parsed, Terminal terminal, boolean canNameFiles) {
        Integer helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) {
            return helped;
        }
        if (!canNameFiles && !worksInAnyLocale(parsed)) {
            CommandFailure wrong = new CommandFailure(
                    ExitCode.USAGE,
                    "this locale can't name files beyond ASCII, and some would be left out; set LC_ALL=C.UTF-8 (or"
                            + " another UTF-8 locale) and start again");
            terminal.error(wrong.sentence(), wrong);
            return ExitCode.USAGE.code();
        }
        return new RunLast().execute(parsed);
    }

    /** Returns whether the command is of use in any locale: help, and what tells that the locale is wrong. */
    private static boolean worksInAnyLocale(ParseResult parsed) {
        if (!parsed.hasSubcommand()) {
            return false;
        }
        Object command = parsed.subcommand().commandSpec().userObject();
        return command instanceof DoctorCommand || command instanceof HelpCommand;
    }
}
