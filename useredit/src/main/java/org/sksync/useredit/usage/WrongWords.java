package org.sksync.useredit.usage;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.sksync.config.NearWords;
import org.sksync.files.path.EscapedText;
import picocli.CommandLine.MaxValuesExceededException;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What is said of words that picocli can't read as a command: what was given, and what is expected. This is the one place
 * that knows its exceptions; none of its sentences, and no name of a Java class, gets out.
 */
public final class WrongWords {

    /** What may stand for a value, by its label; where a label means different things there is no example. */
    private static final Map<String, String> EXAMPLES = Map.of(
            "FILE", "sksync.json",
            "DIR", "notes",
            "HOST", "192.168.0.7",
            "PORT", "23456",
            "SECONDS", "5",
            "DAYS", "30",
            "MB", "500",
            "LIMIT", "512k",
            "KEY=VALUE", "recursive=true");

    private WrongWords() {}

    /**
     * Returns what is wrong, in one sentence without a full stop.
     *
     * @param words the command line that was refused, without the program
     */
    public static String sentence(ParameterException failure, List<String> words) {
        if (failure instanceof UnmatchedArgumentException unmatched) {
            return unexpected(unmatched);
        }
        if (failure instanceof MissingParameterException missing) {
            return missing(missing, words);
        }
        if (failure instanceof OverwrittenOptionException twice) {
            return name(twice.getOverwritten()) + ": given twice (expected: once)";
        }
        CommandSpec command = failure.getCommandLine().getCommandSpec();
        if (failure instanceof MutuallyExclusiveArgsException || failure instanceof MaxValuesExceededException) {
            return tooMuch(command);
        }
        if (failure.getArgSpec() != null) {
            return wrongValue(failure, failure.getArgSpec());
        }
        if (failure.getCause() != null) {
            return "these words can't be read (expected: " + usage(command) + ")";
        }
        return isForCommandsAlone(command)
                ? "which command? (expected: " + either(commands(command)) + ")"
                // Said by a command of this program.
                : String.valueOf(failure.getMessage());
    }

    private static String unexpected(UnmatchedArgumentException failure) {
        CommandSpec command = failure.getCommandLine().getCommandSpec();
        String given = failure.getUnmatched().get(0);
        if (given.length() > 1 && given.charAt(0) == '-') {
            String option = given.replaceFirst("=.*", "");
            return "unknown option '" + shown(option) + "'" + meant(NearWords.to(option, options(command)), "");
        }
        List<String> commands = commands(command);
        List<String> near = NearWords.to(given, commands);
        List<String> labels = labels(command);
        if (!commands.isEmpty() && labels.isEmpty()) {
            return "unknown command '" + shown(given) + "'" + meant(near, " (expected: " + either(commands) + ")");
        }
        return "unexpected word '" + shown(given) + "'"
                + meant(
                        near,
                        labels.isEmpty()
                                ? " (expected: options alone)"
                                : " (expected: " + String.join(" ", labels) + " and options)");
    }

    private static String missing(MissingParameterException failure, List<String> words) {
        CommandSpec command = failure.getCommandLine().getCommandSpec();
        if (failure.getMissing().isEmpty()) {
            return "something is missing (expected: " + usage(command) + ")";
        }
        ArgSpec first = failure.getMissing().get(0);
        if (first instanceof OptionSpec option) {
            int at = lastPlace(option, words);
            if (at < 0) {
                return "missing: " + form(option) + example(option, ", such as ");
            }
            String next = at + 1 < words.size() ? " before '" + shown(words.get(at + 1)) + "'" : "";
            return name(option) + ": no value" + next + " (expected: " + form(option) + example(option, ", such as ")
                    + ")";
        }
        // picocli names the first of several alone.
        int from = ((PositionalParamSpec) first).index().min();
        String all = command.positionalParameters().stream()
                .filter(word -> word.index().min() >= from && word.arity().min() > 0)
                .map(ArgSpec::paramLabel)
                .collect(Collectors.joining(" "));
        return "missing: " + all + " (expected: " + usage(command) + ")";
    }

    private static String tooMuch(CommandSpec command) {
        for (ArgGroupSpec group : command.argGroups()) {
            if (group.exclusive()) {
                List<String> names = group.args().stream().map(WrongWords::name).toList();
                return String.join(" and ", names) + " exclude each other (expected: one of them, once)";
            }
        }
        return "too many values (expected: " + usage(command) + ")";
    }

    private static String wrongValue(ParameterException failure, ArgSpec argument) {
        Throwable cause = failure.getCause();
        if (argument.converters().length > 0 && cause instanceof TypeConversionException) {
            // Said by a converter of this program.
            return name(argument) + ": " + cause.getMessage();
        }
        return name(argument) + ": '" + shown(String.valueOf(failure.getValue())) + "' (expected: " + kind(argument)
                + example(argument, ", such as ") + ")";
    }

    private static String kind(ArgSpec argument) {
        Class<?> type = argument.auxiliaryTypes()[0];
        if (type == int.class || type == Integer.class) {
            return "a whole number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "no value";
        }
        return type == Path.class ? "a path of this system" : argument.paramLabel();
    }

    /** Returns how an option is written with its value. */
    private static String form(OptionSpec option) {
        return option.arity().max() > 0 ? option.longestName() + " " + option.paramLabel() : option.longestName();
    }

    private static String example(ArgSpec argument, String before) {
        String value = EXAMPLES.get(argument.paramLabel());
        if (value == null || argument.arity().max() == 0) {
            return "";
        }
        return before + (argument instanceof OptionSpec option ? option.longestName() + " " + value : value);
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    /** Returns the command with the words that it can't do without. */
    private static String usage(CommandSpec command) {
        List<String> words = new ArrayList<>(List.of(command.qualifiedName()));
        words.addAll(labels(command));
        if (!command.subcommands().isEmpty()) {
            words.add("COMMAND");
        }
        return String.join(" ", words);
    }

    /** Returns the labels of the words that the command takes; those that may be left out in brackets. */
    private static List<String> labels(CommandSpec command) {
        return command.positionalParameters().stream()
                .filter(word -> !word.hidden())
                .map(word -> word.arity().min() > 0 ? word.paramLabel() : "[" + word.paramLabel() + "]")
                .toList();
    }

    private static Set<String> options(CommandSpec command) {
        Set<String> names = new LinkedHashSet<>();
        for (OptionSpec option : command.options()) {
            if (!option.hidden()) {
                names.addAll(List.of(option.names()));
            }
        }
        command.negatedOptionsMap().forEach((name, option) -> names.add(name));
        return names;
    }

    private static List<String> commands(CommandSpec command) {
        return command.subcommands().entrySet().stream()
                .filter(each -> !each.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isForCommandsAlone(CommandSpec command) {
        Object does = command.userObject();
        return !command.subcommands().isEmpty()
                && !(does instanceof Runnable || does instanceof Callable || does instanceof Method);
    }

    /** Returns where an option stands last among the words; negative where it does not. */
    private static int lastPlace(OptionSpec option, List<String> words) {
        int last = -1;
        for (String name : option.names()) {
            last = Math.max(last, words.lastIndexOf(name));
        }
        return last;
    }

    private static String meant(List<String> near, String otherwise) {
        return near.isEmpty() ? otherwise : "; did you mean " + either(near) + "?";
    }

    private static String either(List<String> words) {
        int last = words.size() - 1;
        return last < 1
                ? String.join("", words)
                : words.subList(0, last).stream().collect(Collectors.joining(", ", "", " or ")) + words.get(last);
    }

    private static String shown(String word) {
        return EscapedText.of(word, 80);
    }
}
