package org.sksync.useredit.edit;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
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
        CommandLine commandLine = new CommandLine(new UserEditCommand(terminal, clock, random));
        commandLine.setParameterExceptionHandler((failure, args) -> {
            CommandLine refused = failure.getCommandLine();
            refused.getErr().println(failure.getMessage());
            refused.getErr().println("Try '" + refused.getCommandSpec().qualifiedName() + " --help'.");
            return refused.getCommandSpec().exitCodeOnInvalidInput();
        });
        return commandLine;
    }
}
