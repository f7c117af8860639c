package org.sksync.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import org.sksync.cli.command.ClientCommand;
import org.sksync.cli.command.ExitCode;
import org.sksync.cli.command.Person;
import org.sksync.cli.command.RestoreCommand;
import org.sksync.cli.command.ServerCommand;
import org.sksync.cli.command.Terminal;
import org.sksync.cli.command.Terminals;
import org.sksync.cli.command.UsageErrors;
import org.sksync.cli.command.VersionText;
import org.sksync.useredit.edit.SystemTerminal;
import org.sksync.useredit.edit.UserEditCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The entry of {@code sksync.jar}, and the only place that ends the process. */
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
            "  sksync FILE client NAME     the same as: sksync client NAME -c FILE",
            "",
            "A first sksync.json, for the Android app (which can neither log in nor encrypt):",
            "  {\"sksync1_compat\": true, \"server_dir_whitelist\": [\"/home/me/phone\"]}",
            "and one for pysksync and this program, to be followed by: sksync useredit add ME",
            "  {\"server_dir_whitelist\": [\"/home/me/documents\"]}"
        })
public final class Main {

    private Main() {}

    /** Runs the command line and ends the process with its exit code. */
    public static void main(String[] words) {
        Thread.setDefaultUncaughtExceptionHandler(Main::diedOf);
        System.exit(run(words));
    }

    /** Ends a process that ran out of memory where nothing could be saved any more: it would only hang. */
    private static void diedOf(Thread thread, Throwable cause) {
        if (cause instanceof OutOfMemoryError) {
            System.err.println("error: out of memory; start it with a larger -Xmx");
            Runtime.getRuntime().halt(ExitCode.ERROR.code());
        }
        System.err.println("error: a fault in this program ended the thread " + thread.getName());
        cause.printStackTrace();
    }

    private static int run(String[] words) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        SystemTerminal console = new SystemTerminal();
        Optional<Person> person =
                console.isInteractive() ? Optional.ofNullable(System.console()).map(Person::at) : Optional.empty();
        Terminals terminals = debug -> new Terminal(out, err, person, debug);
        UsageErrors errors = new UsageErrors(terminals, Arrays.asList(words).contains("--debug"));
        CommandLine line = new CommandLine(new Main())
                .addSubcommand(new ServerCommand(terminals))
                .addSubcommand(new ClientCommand(terminals))
                .addSubcommand(new RestoreCommand(terminals, Clock.systemUTC(), new SecureRandom()))
                .addSubcommand(new UserEditCommand(console, Clock.systemUTC(), new SecureRandom()))
                .addSubcommand(new HelpCommand())
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors)
                .setExecutionStrategy(parsed -> execute(parsed, err));
        return line.execute(
                PysksyncWords.translate(words, line.getSubcommands().keySet()).toArray(String[]::new));
    }

    private static int execute(ParseResult parsed, PrintWriter err) {
        Integer helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) {
            return helped;
        }
        if (!canNameFiles()) {
            err.println("error: this locale can't name files beyond ASCII, and some would be left out;"
                    + " set LC_ALL=C.UTF-8 (or another UTF-8 locale) and start again");
            return ExitCode.USAGE.code();
        }
        return new RunLast().execute(parsed);
    }

    /** A JVM in the wrong locale lists names beyond ASCII as question marks, and no option of its own mends that. */
    private static boolean canNameFiles() {
        try {
            return Path.of("\u00e9\u9152").toString().equals("\u00e9\u9152");
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
