package org.sksync.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sksync.files.path.PathRefusedException;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.path.RelativePath;
import org.sksync.files.path.ResolvedRoot;
import org.sksync.files.store.DiskProblem;
import org.sksync.files.store.KeptRoots;
import org.sksync.files.store.PathLocks;
import org.sksync.files.store.ReplacedFiles;
import org.sksync.files.store.ReplacedVersion;
import org.sksync.files.store.RestoredTime;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sksync restore}: lists files that syncs have replaced, and brings them back. */
@Command(
        name = "restore",
        description = {
            "Lists the files that syncs have replaced, and brings them back.",
            "",
            "Of a folder, the one you are in by default, it lists what is kept; with --at it brings back what the"
                    + " syncs begun at that time replaced there. Of a file it brings back the newest version that is"
                    + " kept, or that of --at; what is there now is kept in turn.",
            "",
            "A client keeps nothing unless keep_replaced_days is set in its profile."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        sortOptions = false)
@EndsWith({ExitCode.DONE, ExitCode.ERROR, ExitCode.USAGE})
final class RestoreCommand implements Callable<Integer> {

    private static final String UNDO = "; what was there is kept now, the same command again brings that back";
    private static final String EXAMPLE = "2026-11-20T15-30-00Z";

    private final Terminals terminals;
    private final Clock clock;
    private final SecureRandom random;
    private final PathLocks locks = new PathLocks();

    @Parameters(paramLabel = "PATH", arity = "0..1", description = "A synced file or folder; a file may be gone.")
    private @Nullable Path asked;

    @Option(names = "--list", order = 1, description = "List the versions of a file; bring nothing back.")
    private boolean list;

    @Option(
            names = "--at",
            order = 2,
            paramLabel = "TIME",
            description = "Which version: a time as the list shows it, such as " + EXAMPLE + ".")
    private @Nullable String at;

    @Option(
            names = "--keep-time",
            order = 3,
            description =
                    "Give the file the time that it had. The next sync may replace it again by a newer one; without"
                            + " this it gets the present time, or one later than that of what it replaces, and wins.")
    private boolean keepTime;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--debug", order = 9, description = "Show where in the code an error comes from.")
    private boolean debug;

    /** Creates the command. */
    RestoreCommand(Terminals terminals, Clock clock, SecureRandom random) {
        this.terminals = terminals;
        this.clock = clock;
        this.random = random;
    }

    /** A version, and the directory that keeps it. */
    private record Kept(Path root, ReplacedVersion version) {

        Path file() {
            return root.resolve(version.path().text());
        }
    }

    @Override
    public Integer call() {
        Terminal terminal = terminals.open(output.display(debug));
        Path path = KeptRoots.real((asked == null ? Path.of("") : asked).toAbsolutePath());
        try {
            if (at != null && !ReplacedVersion.isId(at)) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "--at: \"" + at + "\" (expected: a time as sksync restore --list shows it, such as " + EXAMPLE
                                + ")");
            }
            List<Kept> found = find(path);
            boolean aFile = asked != null && !KeptRoots.isDirectory(path);
            if (list || (at == null && !aFile)) {
                return list(path, found, terminal);
            }
            return restore(choose(path, found, aFile), terminal);
        } catch (IOException e) {
            terminal.error(path + ": " + DiskProblem.describe(e), e);
            return ExitCode.ERROR.code();
        } catch (CommandFailure e) {
            terminal.error(e.sentence(), e);
            return e.exitCode().code();
        }
    }

    private List<Kept> find(Path path) throws IOException {
        List<Kept> found = new ArrayList<>();
        for (Path root : KeptRoots.around(path)) {
            Optional<RelativePath> below = Optional.empty();
            if (path.startsWith(root) && !path.equals(root)) {
                try {
                    below = Optional.of(RelativePath.of(root.relativize(path)
                            .toString()
                            .replace(root.getFileSystem().getSeparator(), "/")));
                } catch (PathRefusedException e) {
                    continue;
                }
            }
            for (ReplacedVersion version : kept(root).list(below)) {
                found.add(new Kept(root, version));
            }
        }
        found.sort(Comparator.comparing(Kept::file)
                .thenComparing(kept -> kept.version().when(), Comparator.reverseOrder()));
        return found;
    }

    private ReplacedFiles kept(Path root) {
        return ReplacedFiles.of(ResolvedRoot.of(root), PlatformNames.current(), locks, random, clock);
    }

    private static int list(Path path, List<Kept> found, Terminal terminal) {
        if (found.isEmpty()) {
            terminal.warn(nothingKept(path));
        }
        TextTable table = new TextTable("REPLACED (UTC)", "SIZE", "FILE");
        for (Kept kept : found) {
            table.add(
                    kept.version().id(),
                    ByteText.of(kept.version().size()),
                    kept.file().toString());
        }
        List<String> lines = table.lines();
        if (!found.isEmpty()) {
            terminal.print(lines.get(0));
        }
        for (int i = 0; i < found.size(); i++) {
            Kept kept = found.get(i);
            terminal.tell(
                    lines.get(i + 1),
                    json("replaced_version", kept).put("bytes", kept.version().size()));
        }
        return ExitCode.DONE.code();
    }

    private static String nothingKept(Path path) {
        return (KeptRoots.isThere(path) ? "nothing is kept of " : "there is no such file, and nothing is kept of ")
                + path
                + ": no sync has replaced it on this machine, or what it replaced is not kept (a daemon keeps files for 30"
                + " days, a client none, unless keep_replaced_days says otherwise); if it was replaced on another machine,"
                + " run this there; to keep files here from now on: sksync job edit NAME --keep-replaced-days 30";
    }

    private static JsonLine json(String messageType, Kept kept) {
        return JsonLine.of(messageType)
                .put("path", kept.file().toString())
                .put("version", kept.version().id());
    }

    /** Returns what is to be brought back: one version of a file, or one time's of a directory. */
    private List<Kept> choose(Path path, List<Kept> found, boolean aFile) throws CommandFailure {
        List<Kept> chosen = found.stream()
                .filter(kept -> !aFile || kept.file().equals(path))
                .filter(kept -> at == null || kept.version().id().equals(at))
                .toList();
        if (found.isEmpty()) {
            throw new CommandFailure(ExitCode.ERROR, nothingKept(path));
        }
        if (chosen.isEmpty()) {
            String times =
                    found.stream().map(kept -> kept.version().id()).distinct().collect(Collectors.joining(", "));
            throw new CommandFailure(
                    ExitCode.ERROR,
                    "nothing is kept of " + path + (at == null ? "" : " from " + at) + " (expected: --at with one of "
                            + times + ")");
        }
        return at == null ? chosen.subList(0, 1) : chosen;
    }

    private int restore(List<Kept> chosen, Terminal terminal) {
        ExitCode code = ExitCode.DONE;
        for (Kept kept : chosen) {
            Path file = kept.file();
            long millis = keepTime ? kept.version().mtimeMillis() : clock.millis() / 1000 * 1000;
            try {
                boolean replaces = KeptRoots.isThere(file);
                kept(kept.root()).restore(kept.version(), millis, keepTime ? RestoredTime.GIVEN : RestoredTime.NEWEST);
                terminal.tell(
                        file + ": as it was before " + kept.version().id() + (replaces && at == null ? UNDO : ""),
                        json("restored", kept));
            } catch (IOException e) {
                terminal.error(file + ": " + DiskProblem.describe(e), e);
                code = ExitCode.ERROR;
            }
        }
        return code.code();
    }
}
