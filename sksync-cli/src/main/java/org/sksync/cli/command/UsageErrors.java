package org.sksync.cli.command;

import java.util.List;
import java.util.stream.Collectors;
import org.sksync.cli.command.Display.Format;
import org.sksync.files.path.EscapedText;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports a wrong command line in one sentence, and a fault of the program without its stack. */
public final class UsageErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private final Terminals terminals;
    private final Display display;

    /**
     * Creates the reports.
     *
     * @param display how they are shown: what is wrong may be what the command would have been told of that
     */
    public UsageErrors(Terminals terminals, Display display) {
        this.terminals = terminals;
        this.display = display;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] words) {
        CommandLine line = failure.getCommandLine();
        String sentence = failure instanceof UnmatchedArgumentException unmatched
                ? unexpected(unmatched)
                : String.valueOf(failure.getMessage());
        String help = line.getCommandSpec().qualifiedName() + " --help";
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

    private static String unexpected(UnmatchedArgumentException failure) {
        CommandLine line = failure.getCommandLine();
        boolean expectsCommand = line.getCommandSpec().parent() == null;
        String kind = failure.isUnknownOption() ? "option" : expectsCommand ? "command" : "word";
        String word = EscapedText.of(failure.getUnmatched().get(0));
        List<String> suggestions = failure.getSuggestions();
        return "unknown " + kind + " '" + word + "'"
                + suggestions.stream()
                        .map(suggestion -> suggestion.substring(suggestion.lastIndexOf(' ') + 1))
                        .collect(Collectors.collectingAndThen(
                                Collectors.joining(" or "),
                                joined -> joined.isEmpty() ? "" : "; did you mean " + joined + "?"));
    }
}
