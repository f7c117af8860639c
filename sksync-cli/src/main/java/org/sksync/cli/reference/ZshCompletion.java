package org.sksync.cli.reference;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The completion for zsh: a function for each command. The file works as {@code _sksync} in a directory of
 * {@code fpath}, and read by {@code source}.
 */
final class ZshCompletion {

    private static final String HEAD = """
            #compdef sksync
            compdef _sksync sksync
            # Completes the words of sksync for zsh. Made by: sksync completion zsh

            # Names of the profiles in the configuration that stands on the command line, or in ./sksync.json.
            __sksync_profiles() {
                local -a names
                # Quoted once as it was typed, and once by _arguments.
                local config=${(Q)${(Q)${opt_args[-c]:-${opt_args[--config]}}}}
                # Not by _call_program: it would run what a $(command) in the name says.
                names=(${(f)"$(sksync completion --profiles ${config:+-c} ${config:+"${config/#\\~\\//$HOME/}"} 2>/dev/null)"})
                compadd -a names
            }
            """;
    private static final String FOOT = """

            # Not where it is read by source: there is nothing to complete yet.
            if [ "$funcstack[1]" = _sksync ]; then
                _sksync "$@"
            fi
            """;

    private ZshCompletion() {}

    static String of(ShownCommand program) {
        StringBuilder script = new StringBuilder(HEAD);
        program.withAllBelow().forEach(command -> add(command, script));
        return script.append(FOOT).toString();
    }

    private static void add(ShownCommand command, StringBuilder script) {
        List<ShownCommand> below = command.commands();
        List<String> words = command.parameters().stream().findFirst().map(word -> action(Value.of(word))).stream()
                .toList();
        script.append('\n').append(function(command)).append("() {\n");
        script.append("    local state line\n    local -A opt_args\n");
        script.append("    _arguments -S ").append(below.isEmpty() ? "" : "-C ").append(": \\\n");
        command.options()
                .forEach(option ->
                        script.append("        ").append(specification(option)).append(" \\\n"));
        if (below.isEmpty()) {
            command.parameters().stream().findFirst().ifPresent(word -> script.append("        ")
                    .append(quoted((word.arity().max() > 1 ? "*" : "1") + ":" + label(word) + ":" + words.get(0)))
                    .append(" \\\n"));
            script.append("        && return\n}\n");
            return;
        }
        script.append("        '1: :->command' \\\n        '*:: :->words' \\\n        && return\n");
        script.append("    case $state in\n    command)\n        local -a commands=(\n");
        below.forEach(each -> script.append("            ")
                .append(quoted(each.name() + ":" + each.summary()))
                .append('\n'));
        script.append("        )\n        _describe -t commands command commands\n");
        words.forEach(action -> script.append("        ").append(action).append('\n'));
        script.append("        ;;\n    words)\n        case $line[1] in\n");
        below.forEach(each -> script.append("        ")
                .append(each.name())
                .append(") ")
                .append(function(each))
                .append(" ;;\n"));
        script.append("        esac\n        ;;\n    esac\n}\n");
    }

    private static String function(ShownCommand command) {
        return "_" + command.words().replace(' ', '_').replace('-', '_');
    }

    /** Returns an option for _arguments: what it excludes, its names, what it is for, and its value. */
    private static String specification(OptionSpec option) {
        boolean value = ShownCommand.takesValue(option);
        List<String> all = ShownCommand.names(option);
        String names = all.stream()
                .map(name -> value && name.startsWith("--") ? name + "=" : value ? name + "+" : name)
                .collect(Collectors.joining(","));
        String rest = "[" + escaped(ShownCommand.description(option)) + "]"
                + (value ? ":" + label(option) + ":" + action(Value.of(option)) : "");
        return all.size() == 1
                ? quoted(names + rest)
                : quoted("(" + String.join(" ", all) + ")") + "{" + names + "}" + quoted(rest);
    }

    private static String label(ArgSpec argument) {
        return escaped(argument.paramLabel());
    }

    private static String action(Value value) {
        return switch (value.kind()) {
            case FILE -> "_files";
            case DIRECTORY -> "_files -/";
            case PROFILE -> "__sksync_profiles";
            case CHOICE -> "(" + String.join(" ", value.choices()) + ")";
            case ANY -> " ";
        };
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("[", "\\[")
                .replace("]", "\\]")
                .replace(":", "\\:");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
