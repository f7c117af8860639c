package org.sksync.cli.command;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sksync.cli.reference.ProfileNames;
import org.sksync.cli.watch.Intervals;
import org.sksync.config.BandwidthTimetable;
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
        exitCodeListHeading = "%nExit codes (of several profiles the worst counts):%n",
        exitCodeList = {
            "1:an error that is none of those below",
            "2:the command line or the configuration is wrong",
            "6:the login failed, or TLS did, for every profile",
            "11:another run syncs one of the folders",
            "130:interrupted (Ctrl-C)",
            "143:terminated"
        })
public final class WatchCommand implements Callable<Integer> {

    private final Terminals terminals;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

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

    @Option(
            names = "--bwlimit",
            order = 4,
            paramLabel = "LIMIT",
            converter = BandwidthWords.class,
            description = BandwidthWords.DESCRIPTION)
    private @Nullable BandwidthTimetable bandwidth;

    /** Creates the command. */
    public WatchCommand(Terminals terminals) {
        this.terminals = terminals;
    }

    @Override
    public Integer call() {
        Terminal terminal = terminals.open(output.display(common.debug()));
        try {
            return watch(terminal).code();
        } catch (ConfigException e) {
            terminal.error(String.valueOf(e.getMessage()), e);
            return ExitCode.USAGE.code();
        } catch (CommandFailure e) {
            terminal.error(e.sentence(), e);
            return e.exitCode().code();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED.code();
        }
    }

    private ExitCode watch(Terminal terminal) throws ConfigException, CommandFailure, InterruptedException {
        SkSyncConfig config = common.read(terminal)
                .orElseThrow(
                        () -> new CommandFailure(ExitCode.USAGE, common.nothingRead() + "; name one with -c FILE"));
        Path file = common.file();
        Logging.ofClient(common.debug() || config.debug());
        NettyStart.ofClient();
        FolderLocks locks = FolderLocks.of("watch", terminal);
        WatchedProfile.Setting setting = new WatchedProfile.Setting(
                file,
                KnownServers.beside(file),
                Optional.ofNullable(bandwidth),
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
