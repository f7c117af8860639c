package org.sksync.cli.reference;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completion for fish: a line for each command, option and word, each with what it is for. */
final class FishCompletion {

    private static final String HEAD = """
            # Completes the words of sksync for fish. Made by: sksync completion fish

            # The command that the words before the cursor name.
            function __sksync_command
                set -l command sksync
                set -l skipped no
                set -l words (commandline -opc)
                set -e words[1]
                for word in $words
                    if test $skipped = yes
                        set skipped no
                        continue
                    end
                    switch "$command $word"
                        case %s
                            set command "$command $word"
                        case %s
                            set skipped yes
                    end
                end
                echo $command
            end

            function __sksync_at
                test (__sksync_command) = "$argv[1]"
            end

            # Names of the profiles in the configuration that stands on the command line, or in ./sksync.json.
            function __sksync_profiles
                set -l words (commandline -opc)
                set -l config
                for at in (seq (count $words))
                    switch $words[$at]
                        case -c --config
                            set config -c $words[(math $at + 1)]
                        case '--config=*'
                            set config -c (string replace -- --config= '' $words[$at])
                    end
                end
                type -q $words[1]; and $words[1] completion --profiles $config 2>/dev/null
            end

            complete -c sksync -f
            """;

    private FishCompletion() {}

    static String of(ShownCommand program) {
        List<ShownCommand> commands = program.withAllBelow();
        StringBuilder script = new StringBuilder(HEAD.formatted(
                commands.stream()
                        .skip(1)
                        .map(command -> quoted(command.words()))
                        .collect(Collectors.joining(" ")),
                commands.stream()
                        .flatMap(command -> command.options().stream()
                                .filter(ShownCommand::takesValue)
                                .flatMap(option -> ShownCommand.names(option).stream())
                                .map(name -> quoted(command.words() + " " + name)))
                        .collect(Collectors.joining(" "))));
        commands.forEach(command -> add(command, script));
        return script.toString();
    }

    private static void add(ShownCommand command, StringBuilder script) {
        String at = "\ncomplete -c sksync -n " + quoted("__sksync_at " + quoted(command.words()));
        for (ShownCommand below : command.commands()) {
            script.append(at)
                    .append(" -a ")
                    .append(quoted(below.name()))
                    .append(" -d ")
                    .append(quoted(below.summary()));
        }
        command.parameters().stream().findFirst().ifPresent(word -> {
            String values = values(Value.of(word));
            if (!values.isEmpty()) {
                script.append(at).append(values).append(description(word));
            }
        });
        for (OptionSpec option : command.options()) {
            script.append(at);
            for (String name : ShownCommand.names(option)) {
                script.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
            }
            if (ShownCommand.takesValue(option)) {
                Value value = Value.of(option);
                script.append(value.kind() == Value.Kind.FILE ? " -r" : " -x").append(values(value));
            }
            script.append(description(option));
        }
        script.append('\n');
    }

    private static String description(ArgSpec argument) {
        return " -d " + quoted(ShownCommand.description(argument));
    }

    private static String values(Value value) {
        return switch (value.kind()) {
            case FILE -> " -F";
            case DIRECTORY -> " -a '(__fish_complete_directories (commandline -ct))'";
            case PROFILE -> " -a '(__sksync_profiles)'";
            case CHOICE -> " -a " + quoted(String.join(" ", value.choices()));
            case ANY -> "";
        };
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
