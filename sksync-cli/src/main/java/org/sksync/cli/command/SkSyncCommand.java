package org.sksync.cli.command;

import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.sksync.useredit.edit.SystemTerminal;
import org.sksync.useredit.edit.UserEditCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
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
            "A first sksync.json, for the Android app (which can neither log in nor encrypt):",
            "  {\"sksync1_compat\": true, \"server_dir_whitelist\": [\"/home/me/phone\"]}",
            "and one for pysksync and this program, to be followed by: sksync useredit add ME",
            "  {\"server_dir_whitelist\": [\"/home/me/documents\"]}",
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
        CommandLine line = new CommandLine(new SkSyncCommand())
                .addSubcommand(new ServerCommand(terminals))
                .addSubcommand(new StatusCommand(terminals))
                .addSubcommand(new ClientCommand(terminals))
                .addSubcommand(new InitCommand(terminals, Clock.systemUTC(), new SecureRandom()))
                .addSubcommand(new PairCommand(terminals, console.standardInput(), Clock.systemUTC()))
                .addSubcommand(JobCommand.line(terminals, console.standardInput(), Clock.systemUTC()))
                .addSubcommand(new ScanCommand(terminals))
                .addSubcommand(new WatchCommand(terminals))
                .addSubcommand(new DoctorCommand(terminals, Clock.systemUTC(), new SecureRandom()))
                .addSubcommand(new RestoreCommand(terminals, Clock.systemUTC(), new SecureRandom()))
                .addSubcommand(new UserEditCommand(console, Clock.systemUTC(), new SecureRandom()))
                .addSubcommand(new ServiceCommand(terminals, Machine.here()))
                .addSubcommand(new CompletionCommand())
                .addSubcommand(new ManCommand(terminals))
                .addSubcommand(new HelpCommand());
        line.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes (of several profiles the worst counts):%n")
                .exitCodeList(ExitCode.table());
        return line;
    }

    private static int execute(ParseResult parsed, Terminal terminal, boolean canNameFiles) {
        Integer helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) {
            return helped;
        }
        if (!canNameFiles && !isExamination(parsed)) {
            CommandFailure wrong = new CommandFailure(
                    ExitCode.USAGE,
                    "this locale can't name files beyond ASCII, and some would be left out; set LC_ALL=C.UTF-8 (or"
                            + " another UTF-8 locale) and start again");
            terminal.error(wrong.sentence(), wrong);
            return ExitCode.USAGE.code();
        }
        return new RunLast().execute(parsed);
    }

    /** Returns whether it is asked what is wrong: the locale is among what is told. */
    private static boolean isExamination(ParseResult parsed) {
        return parsed.hasSubcommand() && parsed.subcommand().commandSpec().userObject() instanceof DoctorCommand;
    }
}
