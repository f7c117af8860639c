package org.sksync.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sksync.config.BandwidthTimetable;
import org.sksync.config.ClientProfile;
import org.sksync.config.ConfigException;
import org.sksync.config.Overrides;
import org.sksync.config.SkSyncConfig;
import picocli.CommandLine.Option;

/** In what a run differs from what its profiles say. */
final class RunOptions {

    @Option(
            names = "--set",
            order = 3,
            paramLabel = "KEY=VALUE",
            description =
                    "For this run, another value of a key of the profiles, such as recursive=true. May be repeated."
                            + " A list is written as in the file: 'filter_fnmatch_exclude=[\"*.tmp\"]'.")
    private List<String> set = new ArrayList<>();

    @Option(
            names = "--bwlimit",
            order = 4,
            paramLabel = BandwidthWords.LABEL,
            converter = BandwidthWords.class,
            description = BandwidthWords.DESCRIPTION + " In place of bwlimit in the profiles.")
    private @Nullable BandwidthTimetable bandwidth;

    /** Creates options that picocli fills in. */
    RunOptions() {}

    /** Creates options that were read already. */
    RunOptions(List<String> set) {
        this.set = set;
    }

    List<String> set() {
        return List.copyOf(set);
    }

    /**
     * Returns the profile as it is for this run.
     *
     * @throws ConfigException if there is none of that name, or a value is wrong, be it the file's or the command line's
     */
    ClientProfile profile(SkSyncConfig config, String name) throws ConfigException {
        Overrides overrides = set.isEmpty() ? Overrides.NONE : Overrides.of(set);
        ClientProfile profile = config.profile(name, overrides);
        return bandwidth == null ? profile : profile.withBandwidth(bandwidth);
    }
}
