package org.sksync.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.sksync.cli.reference.ManPages;
import org.sksync.files.store.AtomicFile;
import org.sksync.files.store.DiskProblem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sksync man}: writes the man pages, for whoever makes a package of the program. */
@Command(
        name = "man",
        hidden = true,
        description = "Writes the man pages into a directory.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class)
@EndsWith({ExitCode.DONE, ExitCode.ERROR, ExitCode.USAGE})
final class ManCommand implements Callable<Integer> {

    private final Terminals terminals;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The directory; it has to be there.")
    private Path directory = Path.of("");

    /** Creates the command. */
    ManCommand(Terminals terminals) {
        this.terminals = terminals;
    }

    @Override
    public Integer call() {
        Map<String, String> pages = ManPages.of(CompletionCommand.root(spec), new VersionText().getVersion()[0]);
        for (Map.Entry<String, String> page : pages.entrySet()) {
            Path file = directory.resolve(page.getKey());
            try {
                AtomicFile.write(file, page.getValue().getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                terminals.open(Display.plain(false)).error(file + ": " + DiskProblem.describe(e), e);
                return ExitCode.ERROR.code();
            }
        }
        return ExitCode.DONE.code();
    }
}
