package org.sksync.useredit.edit;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import org.sksync.useredit.usage.HelpForm;
import org.sksync.useredit.usage.WrongWords;
import picocli.CommandLine;

/** The program {@code useredit}. */
public final class UserEditMain {

    private UserEditMain() {}

    /** Runs the command line {@code args} and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine(new SystemTerminal(), Clock.system(ZoneId.systemDefault()), new SecureRandom())
                .execute(args));
    }

    static CommandLine commandLine(Terminal terminal, Clock clock, SecureRandom random) {
        Reports reports = (command, debug) -> new TextReport(command.getOut(), command.getErr(), debug);
        CommandLine line = UserEditCommand.line(terminal, clock, random, reports);
        HelpForm.give(line);
        // A word stands for itself, as it does to sksync.
        return line.setExpandAtFiles(false).setParameterExceptionHandler((failure, words) -> {
            CommandLine refused = failure.getCommandLine();
            reports.open(refused, false).error(WrongWords.sentence(failure, List.of(words)), failure);
            refused.getErr().println("Try: " + refused.getCommandSpec().qualifiedName() + " --help");
            return ExitCode.USAGE.code();
        });
    }
}
