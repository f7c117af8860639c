package org.sksync.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sksync.cli.reference.Shell;
import org.sksync.config.ConfigException;
import org.sksync.config.ConfigReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code sksync completion}: prints what a shell needs to complete the program's words. */
@Command(
        name = "completion",
        description = {
            "Prints the script that lets a shell complete sksync's words.",
            "",
            "bash: source <(sksync completion bash) in ~/.bashrc. zsh: sksync completion zsh >_sksync in a directory of"
                    + " $fpath, before compinit. fish: sksync completion fish"
                    + " >~/.config/fish/completions/sksync.fish"
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        sortOptions = false)
@EndsWith({ExitCode.DONE, ExitCode.USAGE})
final class CompletionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "SHELL",
            arity = "0..1",
            converter = ShellWords.class,
            description = "The shell: bash, zsh or fish.")
    private @Nullable Shell shell;

    @Option(names = "--profiles", hidden = true, description = "Print the names of the profiles, for the scripts.")
    private boolean profiles;

    @Option(
            names = {"-c", "--config"},
            hidden = true,
            paramLabel = "FILE",
            description = "The configuration that has them.")
    private Path file = Path.of("sksync.json");

    /** Creates the command. */
    CompletionCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (profiles) {
            printProfiles(out);
        } else if (shell == null) {
            throw new ParameterException(spec.commandLine(), "which shell? (expected: bash, zsh or fish)");
        } else {
            out.print(shell.script(root(spec)));
        }
        out.flush();
        return ExitCode.DONE.code();
    }

    /** Prints none of a configuration that can't be read: the command that is being typed will say why. */
    private void printProfiles(PrintWriter out) {
        try {
            ConfigReader.read(file).profileNames().forEach(out::println);
        } catch (ConfigException e) {
            return;
        }
    }

    static CommandSpec root(CommandSpec spec) {
        CommandSpec root = spec;
        for (CommandSpec parent = spec.parent(); parent != null; parent = parent.parent()) {
            root = parent;
        }
        return root;
    }

    private static final class ShellWords implements ITypeConverter<Shell> {

        @Override
        public Shell convert(String word) {
            for (Shell each : Shell.values()) {
                if (each.name().toLowerCase(Locale.ROOT).equals(word)) {
                    return each;
                }
            }
            throw new TypeConversionException("'" + word + "' (expected: bash, zsh or fish)");
        }
    }
}
