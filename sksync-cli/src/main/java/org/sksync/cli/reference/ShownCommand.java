package org.sksync.cli.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * A command as far as its {@code --help} shows it: without what is hidden.
 *
 * @param spec picocli's model of it
 */
record ShownCommand(CommandSpec spec) {

    /** Returns the words that name it, the program first, separated by spaces. */
    String words() {
        return spec.qualifiedName();
    }

    /** Returns its own name. */
    String name() {
        return spec.name();
    }

    /** Returns the name of its man page. */
    String page() {
        return words().replace(' ', '-');
    }

    /** Returns the text before its options, a paragraph an element. */
    List<String> description() {
        UsageMessageSpec usage = spec.usageMessage();
        String text = plain(usage.header()) + "\n" + plain(usage.description());
        return List.of(text.strip().split("\n", -1));
    }

    /** Returns what it is for, in a few words without a full stop. */
    String summary() {
        String first = description().get(0);
        return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
    }

    /** Returns its synopsis as its help shows it, a line an element. */
    List<String> synopsis() {
        return new Help(spec, Help.defaultColorScheme(Ansi.OFF))
                .synopsis(0)
                .stripTrailing()
                .lines()
                .toList();
    }

    /** Returns the lines after its options. */
    List<String> footer() {
        return plain(spec.usageMessage().footer()).strip().lines().toList();
    }

    /** Returns its exit codes, each with what it means. */
    Map<String, String> exitCodes() {
        return spec.usageMessage().exitCodeList();
    }

    /** Returns its options in the order of its help. */
    List<OptionSpec> options() {
        Comparator<OptionSpec> order = spec.usageMessage().sortOptions()
                ? Comparator.comparing(ShownCommand::sortKey)
                : Comparator.comparingInt(OptionSpec::order);
        return spec.options().stream()
                .filter(option -> !option.hidden())
                .sorted(order)
                .toList();
    }

    /** Returns the words that it takes beside options and commands. */
    List<PositionalParamSpec> parameters() {
        return spec.positionalParameters().stream()
                .filter(parameter -> !parameter.hidden())
                .toList();
    }

    /** Returns its commands in the order of its help, each once. */
    List<ShownCommand> commands() {
        return new LinkedHashSet<>(spec.subcommands().values())
                .stream()
                        .map(CommandLine::getCommandSpec)
                        .filter(command -> !command.usageMessage().hidden())
                        .map(ShownCommand::new)
                        .toList();
    }

    /** Returns it and all commands below it, each before those below it. */
    List<ShownCommand> withAllBelow() {
        List<ShownCommand> all = new ArrayList<>(List.of(this));
        commands().forEach(command -> all.addAll(command.withAllBelow()));
        return all;
    }

    private static String sortKey(OptionSpec option) {
        return option.shortestName().replaceFirst("^-+", "").toLowerCase(Locale.ROOT);
    }

    /** Returns what an option or a word is for, in one line. */
    static String description(ArgSpec argument) {
        return plain(argument.description()).replace('\n', ' ').strip();
    }

    /** Returns an option's names, those that take it back too. */
    static List<String> names(OptionSpec option) {
        List<String> names = new ArrayList<>(List.of(option.names()));
        if (option.negatable()) {
            CommandSpec command = option.command();
            for (String name : option.names()) {
                names.add(command.negatableOptionTransformer().makeNegative(name, command));
            }
        }
        return names;
    }

    /** Returns whether an option is followed by a value. */
    static boolean takesValue(OptionSpec option) {
        return option.arity().max() > 0;
    }

    /** Returns picocli's text as it comes out: without marks of colour, and with its line breaks. */
    private static String plain(String... lines) {
        String text = String.join("\n", lines);
        return Ansi.OFF.string(text.replace("%n", "\n").replace("%%", "%"));
    }

    /** Returns the heading that its help gives the exit codes, without its line breaks. */
    String exitCodeHeading() {
        UsageMessageSpec usage = spec.usageMessage();
        return plain(usage.exitCodeListHeading()).strip();
    }
}
