package org.sksync.cli.command;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.sksync.config.ConfigException;
import org.sksync.config.ConfigReader;
import org.sksync.config.ServerSettings;
import org.sksync.config.SkSyncConfig;
import org.sksync.files.path.EscapedText;
import org.sksync.server.SkSyncServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A daemon that runs, and the configuration that it goes by. What is read later comes into force as a whole, or not at
 * all. {@link #state} is safe on any thread, all else belongs to one.
 */
final class RunningDaemon {

    private static final Logger LOG = LoggerFactory.getLogger(RunningDaemon.class);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final Path file;
    private final DaemonSetup setup;
    private final SkSyncServer server;
    private final Advertising advertising;
    private final ServerSettings atStart;
    private final Set<String> overridden;
    private final Clock clock;
    private DaemonConfig inForce;
    private ServerSettings lastRead;
    private volatile ConfigState state;

    /**
     * Takes over a daemon that has started.
     *
     * @param file the configuration, as it was named
     * @param advertising told of the certificate when it has changed
     * @param started what the daemon has started with
     * @param overridden the keys in whose place the command line counts
     */
    RunningDaemon(
            Path file,
            DaemonSetup setup,
            SkSyncServer server,
            Advertising advertising,
            DaemonConfig started,
            Set<String> overridden,
            Clock clock) {
        this.file = file;
        this.setup = setup;
        this.server = server;
        this.advertising = advertising;
        this.atStart = started.settings();
        this.overridden = Set.copyOf(overridden);
        this.clock = clock;
        this.inForce = started;
        this.lastRead = started.settings();
        this.state = new ConfigState(file.toAbsolutePath().normalize(), clock.instant(), Optional.empty());
    }

    /** Returns how the daemon stands to its configuration. */
    ConfigState state() {
        return state;
    }

    /** Returns what it reads: the configuration, and what that names or the last one that was wrong. */
    List<Path> files() {
        return Stream.of(
                        Stream.of(file),
                        DaemonTls.files(inForce.settings()).stream(),
                        DaemonTls.files(lastRead).stream())
                .flatMap(each -> each)
                .distinct()
                .toList();
    }

    /** Reads the configuration, and puts it into force unless it is wrong; the log says what has become of it. */
    void read(ConfigWatch.Cause cause) {
        try {
            SkSyncConfig config = ConfigReader.read(file);
            ServerSettings settings = config.server();
            lastRead = settings;
            take(config, setup.again(settings, config.ownFiles(), inForce), cause);
        } catch (ConfigException e) {
            refuse(String.valueOf(e.getMessage()), cause);
        } catch (CommandFailure e) {
            refuse(e.sentence(), cause);
        }
    }

    private void take(SkSyncConfig config, DaemonConfig next, ConfigWatch.Cause cause) {
        List<String> changes = ConfigChanges.between(inForce, next);
        boolean wasWrong = state.fault().isPresent();
        state = new ConfigState(state.file(), clock.instant(), Optional.empty());
        inForce = next;
        List<String> later = restartNeeded(next);
        if (changes.isEmpty() && !wasWrong && cause == ConfigWatch.Cause.CHANGED && later.isEmpty()) {
            // A file that was touched, or the first look after the start.
            return;
        }
        server.reload(next.server());
        advertising.renew(next.fingerprint());
        LOG.info(
                "configuration read again: {}",
                changes.isEmpty() ? "nothing new for sessions" : EscapedText.of(String.join(", ", changes)));
        List<String> warnings = new ArrayList<>(config.warnings());
        warnings.addAll(next.warnings());
        if (!later.isEmpty()) {
            warnings.add(String.join(", ", later)
                    + ": what these say by now takes a restart of the daemon to have an effect");
        }
        warnings.forEach(text -> LOG.warn(EscapedText.of(text)));
    }

    private List<String> restartNeeded(DaemonConfig next) {
        return ConfigChanges.restartNeeded(atStart, next.settings()).stream()
                .filter(key -> !overridden.contains(key))
                .toList();
    }

    private void refuse(String why, ConfigWatch.Cause cause) {
        Optional<ConfigState.Fault> before = state.fault();
        if (cause == ConfigWatch.Cause.CHANGED
                && before.filter(fault -> fault.message().equals(why)).isPresent()) {
            // A file beside the one that is wrong has changed.
            return;
        }
        state = new ConfigState(state.file(), state.taken(), Optional.of(new ConfigState.Fault(clock.instant(), why)));
        LOG.error(
                "configuration not taken, that of {} stays in force: {}",
                TIME.format(state.taken().atZone(ZoneId.systemDefault())),
                EscapedText.of(why));
    }
}
