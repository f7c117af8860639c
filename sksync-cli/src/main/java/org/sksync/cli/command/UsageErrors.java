package org.sksync.cli.command;

import java.util.List;
import org.sksync.cli.command.Display.Format;
import org.sksync.useredit.usage.WrongWords;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Reports a wrong command line in one sentence, and a fault of the program without its stack. */
final class UsageErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private final Terminals terminals;
    private final Display display;

    /**
     * Creates the reports.
     *
     * @param display how they are shown: what is wrong may be what the command would have been told of that
     */
    UsageErrors(Terminals terminals, Display display) {
        this.terminals = terminals;
        this.display = display;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] words) {
        CommandLine line = failure.getCommandLine();
        String sentence = WrongWords.sentence(failure, List.of(words));
        String help = helpOf(line.getCommandSpec().qualifiedName());
        if (display.format() == Format.JSON) {
            terminals.open(display).error(sentence + "; try: " + help, failure);
        } else {
            terminals.open(display).error(sentence, failure);
            line.getErr().println("Try: " + help);
        }
        return ExitCode.USAGE.code();
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult result) {
        return terminals.open(display).fault(failure).code();
    }

    /** Returns what shows the help of a command: {@code help} between the program and the rest of its words. */
    private static String helpOf(String command) {
        int program = command.indexOf(' ');
        return program < 0 ? command + " help" : command.substring(0, program) + " help" + command.substring(program);
    }
}
