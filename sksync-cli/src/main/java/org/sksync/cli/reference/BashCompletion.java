package org.sksync.cli.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The completion for bash: one function that walks the words before the cursor, and two that hold what the commands
 * take. Works with bash 3.2 (macOS) and needs nothing else.
 */
final class BashCompletion {

    private static final String WALK = """
            # Completes the words of sksync for bash. Made by: sksync completion bash

            # Names of the profiles in the configuration that stands on the command line, or in ./sksync.json.
            _sksync_profiles() {
                "${COMP_WORDS[0]}" completion --profiles ${config:+-c "$config"} 2>/dev/null </dev/null
            }

            # Sets kind to what the value of the option $1 may be; to nothing where it takes none.
            _sksync_option() {
                case "$command $1" in
            %s        *) kind='' ;;
                esac
            }

            # Sets options, commands and kind to what the command takes.
            _sksync_command() {
                case $command in
            %s        esac
            }

            # Offers the lines of the input that begin like the current word.
            _sksync_offer() {
                local line
                while IFS= read -r line; do
                    if [[ -n $line && $line == "$current"* ]]; then
                        COMPREPLY[${#COMPREPLY[@]}]=$(printf %%q "$line")
                    fi
                done
            }

            # Offers what the kind tells.
            _sksync_values() {
                local word
                case $kind in
                    file)
                        compopt -o filenames 2>/dev/null
                        while IFS= read -r word; do COMPREPLY[${#COMPREPLY[@]}]=$word; done < <(compgen -f -- "$current")
                        ;;
                    directory)
                        compopt -o filenames 2>/dev/null
                        while IFS= read -r word; do COMPREPLY[${#COMPREPLY[@]}]=$word; done < <(compgen -d -- "$current")
                        ;;
                    profile) _sksync_offer < <(_sksync_profiles) ;;
                    choice\\ *) _sksync_offer < <(printf '%%s\\n' ${kind#choice }) ;;
                esac
            }

            _sksync() {
                local IFS=$' \\t\\n' command=sksync current=$2 config='' kind='' option='' options='' commands='' word i
                COMPREPLY=()
                [[ $current == = ]] && current=''
                for ((i = 1; i < COMP_CWORD; i++)); do
                    word=${COMP_WORDS[i]}
                    if [[ $word == = ]]; then
                        continue
                    elif [[ -n $kind ]]; then
                        case $option in -c | --config) config=$word ;; esac
                        kind=''
                    elif [[ $word == -* ]]; then
                        option=$word
                        _sksync_option "$word"
                    else
                        _sksync_command
                        [[ " $commands " == *" $word "* ]] && command="$command $word"
                        kind=''
                    fi
                done
                if [[ -n $kind ]]; then
                    _sksync_values
                    return
                fi
                _sksync_command
                if [[ $current == -* || -z $commands$kind ]]; then
                    _sksync_offer < <(printf '%%s\\n' $options)
                else
                    _sksync_offer < <(printf '%%s\\n' $commands)
                    _sksync_values
                fi
            }

            complete -F _sksync sksync
            """;

    private BashCompletion() {}

    static String of(ShownCommand program) {
        StringBuilder options = new StringBuilder();
        StringBuilder commands = new StringBuilder();
        for (ShownCommand command : program.withAllBelow()) {
            command.options().forEach(option -> addOption(command, option, options));
            addCommand(command, commands);
        }
        return WALK.formatted(options, commands);
    }

    private static void addOption(ShownCommand command, OptionSpec option, StringBuilder lines) {
        if (!ShownCommand.takesValue(option)) {
            return;
        }
        List<String> patterns = new ArrayList<>();
        for (String name : ShownCommand.names(option)) {
            patterns.add("'" + command.words() + " " + name + "'");
        }
        lines.append("        ")
                .append(String.join(" | ", patterns))
                .append(") kind=")
                .append(kind(Value.of(option)))
                .append(" ;;\n");
    }

    private static void addCommand(ShownCommand command, StringBuilder lines) {
        lines.append("        '").append(command.words()).append("')\n");
        lines.append("            options='")
                .append(command.options().stream()
                        .flatMap(option -> ShownCommand.names(option).stream())
                        .collect(Collectors.joining(" ")))
                .append("'\n");
        lines.append("            commands='")
                .append(command.commands().stream().map(ShownCommand::name).collect(Collectors.joining(" ")))
                .append("'\n");
        List<PositionalParamSpec> parameters = command.parameters();
        lines.append("            kind=")
                .append(parameters.isEmpty() ? "''" : kind(Value.of(parameters.get(0))))
                .append("\n            ;;\n");
    }

    private static String kind(Value value) {
        return switch (value.kind()) {
            case FILE -> "'file'";
            case DIRECTORY -> "'directory'";
            case PROFILE -> "'profile'";
            case CHOICE -> "'choice " + String.join(" ", value.choices()) + "'";
            case ANY -> "'any'";
        };
    }
}
