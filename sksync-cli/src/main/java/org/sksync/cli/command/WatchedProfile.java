package org.sksync.cli.command;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sksync.cli.watch.Changes;
import org.sksync.cli.watch.Intervals;
import org.sksync.cli.watch.Outcome;
import org.sksync.cli.watch.WatchLoop;
import org.sksync.client.SkSyncClient;
import org.sksync.client.config.SyncProfile;
import org.sksync.client.report.SyncFailedException;
import org.sksync.client.report.SyncListener;
import org.sksync.config.ClientProfile;
import org.sksync.config.ConfigException;
import org.sksync.config.ConfigReader;
import org.sksync.config.KnownServers;
import org.sksync.config.Secret;
import org.sksync.config.SkSyncConfig;

/** A profile that is kept in sync; on a thread of its own from {@link #run} on. */
final class WatchedProfile implements WatchLoop.Syncing, AutoCloseable {

    private final String name;
    private final Setting setting;
    private final Terminal terminal;
    private final Changes changes = new Changes(System::nanoTime);
    private final WatchNews news;
    private final WatchedFolder folder;
    private ClientProfile profile;
    private SyncProfile terms;
    private boolean toldThatItWatches;
    private volatile @Nullable Means means;
    private volatile @Nullable WatchLoop loop;
    private volatile @Nullable ProgressLine running;
    private volatile boolean over;

    /**
     * What all profiles of a run have in common.
     *
     * @param file the configuration
     * @param known the servers that were met before
     * @param options in what this run differs from what the profiles say
     * @param intervals when to sync
     * @param locks the folders that this process syncs
     * @param clock the wall clock
     */
    record Setting(
            Path file, KnownServers known, RunOptions options, Intervals intervals, FolderLocks locks, Clock clock) {}

    /** What there is for a sync as long as the profile runs. */
    private record Means(SkSyncClient client, Interruption interruption) {}

    private WatchedProfile(String name, Setting setting, Terminal terminal, ClientProfile profile, SyncProfile terms) {
        this.name = name;
        this.setting = setting;
        this.terminal = terminal;
        this.profile = profile;
        this.terms = terms;
        this.news = new WatchNews(name, terminal, setting.clock());
        this.folder = new WatchedFolder(setting.locks(), changes, news);
    }

    /**
     * Returns a profile, its password asked for and its folder held.
     *
     * @throws CommandFailure if it can't be synced as it is, or if another run syncs its folder
     */
    static WatchedProfile of(SkSyncConfig config, String name, Setting setting, Terminal terminal)
            throws ConfigException, CommandFailure {
        ClientProfile asWritten = setting.options().profile(config, name);
        ProfileTerms.requireSendable(asWritten, setting.file());
        ClientProfile profile = withPassword(asWritten, terminal);
        try {
            SyncProfile terms = ProfileTerms.of(profile, setting.known(), terminal);
            WatchedProfile watched = new WatchedProfile(name, setting, terminal, profile, terms);
            watched.folder.present(profile);
            return watched;
        } catch (CommandFailure e) {
            throw new CommandFailure(e.exitCode(), name + ": " + e.sentence());
        }
    }

    /** Asks now what else each sync would ask for. */
    private static ClientProfile withPassword(ClientProfile read, Terminal terminal) {
        if (read.username().isEmpty() || read.password().isPresent()) {
            return read;
        }
        return terminal.askSecret("Password of " + read.username().get() + ": ")
                .map(typed -> read.withPassword(new Secret(new String(typed))))
                .orElse(read);
    }

    String name() {
        return name;
    }

    /** Syncs whenever it is due; returns how the last sync went when there is none after it. */
    Outcome run() throws InterruptedException {
        try (SkSyncClient client = new SkSyncClient();
                Interruption interruption = Interruption.ofThisThread()) {
            means = new Means(client, interruption);
            WatchLoop created = new WatchLoop(
                    this, changes, setting.intervals(), System::nanoTime, setting.clock(), new SecureRandom());
            loop = created;
            return created.run();
        } finally {
            over = true;
        }
    }

    /** Says where it stands. Any thread. */
    void tellStanding() {
        ProgressLine progress = running;
        WatchLoop waiting = loop;
        if (over) {
            news.over();
        } else if (progress != null) {
            terminal.standing(progress.text());
        } else if (waiting != null) {
            news.waiting(waiting.waiting());
        }
    }

    @Override
    public boolean isChange(Path file) {
        return folder.isChange(file);
    }

    @Override
    public boolean hearsChanges() {
        return folder.isHeard();
    }

    @Override
    public Outcome sync() {
        readAgain();
        try {
            if (!folder.present(profile)) {
                news.missing(profile.clientPath());
                return Outcome.MISSING;
            }
            // What a path leads to can be another directory each time.
            ProfileTerms.requireNarrow(profile);
        } catch (CommandFailure e) {
            news.failed(e.exitCode(), e.sentence());
            return Outcome.FAILED;
        }
        if (!toldThatItWatches) {
            toldThatItWatches = true;
            boolean heard = folder.isHeard();
            news.watching(profile.clientPath(), setting.intervals().next(heard), heard);
        }
        return syncInTurn();
    }

    /** Waits, where a signal ends the process, until a sync that runs has cleaned up. Any thread. */
    void awaitEnd() throws InterruptedException {
        Means now = means;
        if (now != null) {
            now.interruption().awaitEnd();
        }
    }

    private Outcome syncInTurn() {
        ReentrantLock turn = folder.turn();
        turn.lock();
        try {
            ExitCode ended = means().interruption().whileRunning(this::syncNow);
            return switch (ended) {
                case DONE -> Outcome.DONE;
                case IDENTITY -> Outcome.REFUSED;
                case INTERRUPTED -> Outcome.INTERRUPTED;
                default -> Outcome.FAILED;
            };
        } finally {
            turn.unlock();
        }
    }

    private ExitCode syncNow() {
        folder.own().began();
        ProgressLine progress = new ProgressLine(profile, setting.known(), terminal, System::nanoTime);
        running = progress;
        Optional<ProgressTicker> shown = progress.show();
        try {
            SyncListener listener = new OwnWritesListener(progress, folder.own(), folder::state);
            news.synced(profile, means().client().sync(terms, listener));
            return ExitCode.DONE;
        } catch (SyncFailedException e) {
            ExitCode how = ExitCode.of(e.kind());
            if (how == ExitCode.IDENTITY) {
                news.refused(String.valueOf(e.getMessage()), e);
            } else {
                news.failed(how, String.valueOf(e.getMessage()));
            }
            return how;
        } catch (InterruptedException e) {
            news.interrupted();
            return ExitCode.INTERRUPTED;
        } finally {
            running = null;
            shown.ifPresent(ProgressTicker::close);
        }
    }

    /** Takes what the configuration says by now, if it can be used. */
    private void readAgain() {
        try {
            ClientProfile read = setting.options().profile(ConfigReader.read(setting.file()), name);
            ClientProfile now = read.password().isEmpty() && read.username().equals(profile.username())
                    ? profile.password().map(read::withPassword).orElse(read)
                    : read;
            if (!now.equals(profile)) {
                ProfileTerms.requireSendable(now, setting.file());
                terms = ProfileTerms.of(now, setting.known(), terminal);
                profile = now;
                folder.stopListening();
            }
            news.configuration(Optional.empty());
        } catch (ConfigException e) {
            news.configuration(Optional.of(String.valueOf(e.getMessage())));
        } catch (CommandFailure e) {
            news.configuration(Optional.of(e.sentence()));
        }
    }

    private Means means() {
        Means now = means;
        if (now == null) {
            throw new IllegalStateException("synced before it runs");
        }
        return now;
    }

    /** Gives the folder up. */
    @Override
    public void close() {
        folder.close();
    }
}
