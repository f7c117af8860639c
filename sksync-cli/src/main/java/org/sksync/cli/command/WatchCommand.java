package org.sksync.cli.command;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.sksync.cli.reference.ProfileNames;
import org.sksync.cli.watch.Intervals;
import org.sksync.config.ConfigException;
import org.sksync.config.KnownServers;
import org.sksync.config.SkSyncConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sksync watch}: keeps profiles in sync until it is stopped. */
@Command(
        name = "watch",
        description = {
            "Syncs the named profiles of the configuration, and again whenever something has changed here, until it is"
                    + " stopped.",
            "",
            "What has changed on the other side comes with the next sync, every five minutes at the latest. After a"
                    + " failure it tries again, each time later."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes (of several profiles the worst counts):%n")
@EndsWith({
    ExitCode.ERROR,
    ExitCode.USAGE,
    ExitCode.IDENTITY,
    ExitCode.BUSY,
    ExitCode.HUNG_UP,
    ExitCode.INTERRUPTED,
    ExitCode.TERMINATED
})
final class WatchCommand implements Callable<Integer> {

    private final Terminals terminals;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private SyncOutputOptions output = new SyncOutputOptions();

    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            completionCandidates = ProfileNames.class,
            description = "A profile of the configuration; one or more.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--all", order = 2, description = "All profiles of the configuration.")
    private boolean all;

    @Option(
            names = "--every",
            order = 3,
            paramLabel = "TIME",
            converter = DurationWords.class,
            description = "Sync so long after the last time though nothing has changed here, such as 30s or 1h"
                    + " (default: 5m); 0: never.")
    private Duration every = Intervals.EVERY;

    @Option(names = "--settle", hidden = true, paramLabel = "TIME", converter = DurationWords.class)
    private Duration settle = Intervals.SETTLE;

    @Mixin
    private RunOptions options = new RunOptions();

    /** Creates the command. */
    WatchCommand(Terminals terminals) {
        this.terminals = terminals;
    }

    @Override
    public Integer call() {
        Terminal terminal = terminals.open(output.display(common.debug()));
        return Attempt.at(terminal, () -> watch(terminal));
    }

    private ExitCode watch(Terminal terminal) throws ConfigException, CommandFailure, InterruptedException {
        SkSyncConfig config = common.readExisting(terminal);
        Path file = common.file();
        Logging.ofClient(common.debug() || config.debug());
        NettyStart.ofClient();
        FolderLocks locks = FolderLocks.of("watch", terminal);
        WatchedProfile.Setting setting = new WatchedProfile.Setting(
                file,
                KnownServers.beside(file),
                options,
                Intervals.of(every, settle),
                locks,
                Clock.system(ZoneId.systemDefault()));
        List<WatchedProfile> profiles = new ArrayList<>();
        try {
            for (String name : chosen(config)) {
                profiles.add(WatchedProfile.of(config, name, setting, terminal));
            }
            try (WatchEnd end = new WatchEnd(profiles, terminal)) {
                return end.codeOr(new WatchThreads(terminal).run(profiles));
            }
        } finally {
            profiles.forEach(WatchedProfile::close);
        }
    }

    private List<String> chosen(SkSyncConfig config) throws CommandFailure {
        if (all && !names.isEmpty()) {
            throw new CommandFailure(ExitCode.USAGE, "--all means every profile; leave out the names, or --all");
        }
        List<String> chosen = all ? config.profileNames() : names;
        if (chosen.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "which profile? "
                            + (config.profileNames().isEmpty()
                                    ? common.file() + " has none, so write one under \"clients\""
                                    : common.file() + " has " + String.join(", ", config.profileNames())));
        }
        return chosen.stream().distinct().toList();
    }
}
