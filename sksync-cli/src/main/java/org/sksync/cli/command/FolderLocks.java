package org.sksync.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sksync.config.ClientProfile;
import org.sksync.config.FolderBusyException;
import org.sksync.config.FolderLock;
import org.sksync.config.FolderLock.Holder;

/**
 * The folders that this process syncs: nobody else syncs them meanwhile, and of its own profiles of one folder one at a
 * time. Thread-safe.
 */
final class FolderLocks {

    private static final String WATCH = "watch";

    /** A link to the process that asks, where there is one. */
    private static final Path SELF = Path.of("/proc/self");

    private final Optional<Path> directory;
    private final String command;
    private final Clock clock;
    private final Terminal terminal;
    private final Map<Path, Held> held = new HashMap<>();
    private boolean warned;

    /**
     * Holds nothing yet.
     *
     * @param directory where the lock files are; empty where there is no place for them
     * @param command the name of the command that this process runs
     */
    FolderLocks(Optional<Path> directory, String command, Clock clock, Terminal terminal) {
        this.directory = directory;
        this.command = command;
        this.clock = clock;
        this.terminal = terminal;
    }

    /** Returns the locks of a command, kept where this user keeps such things. */
    static FolderLocks of(String command, Terminal terminal) {
        // Without lambdas: each costs a client's start as much as some classes.
        Optional<Path> state = StateDirectory.ofThisUser();
        Optional<Path> locks = state.isPresent() ? Optional.of(state.get().resolve("locks")) : Optional.empty();
        return new FolderLocks(locks, command, Clock.systemUTC(), terminal);
    }

    /** A share in a folder that is held; given up when it is closed. */
    interface Share extends AutoCloseable {

        /** Syncs the folder when no other profile of this process does. */
        ReentrantLock turn();

        @Override
        void close();
    }

    private static final class Held {
        private final Optional<FolderLock> lock;
        private final ReentrantLock turn = new ReentrantLock();
        private int shares;

        Held(Optional<FolderLock> lock) {
            this.lock = lock;
        }
    }

    /**
     * Takes the right to sync a profile's folder. Where there is no folder there is nothing to hold: the sync will say
     * so. Where no lock can be had at all, that is said, and the sync goes on.
     *
     * @throws CommandFailure if another process syncs it
     */
    synchronized Share take(ClientProfile profile) throws CommandFailure {
        Path folder;
        try {
            folder = profile.clientPath().toRealPath();
        } catch (IOException e) {
            return new SharePart(null, new Held(Optional.empty()));
        }
        Held share = held.get(folder);
        if (share == null) {
            share = new Held(lock(folder, profile.name()));
            held.put(folder, share);
        }
        share.shares++;
        return new SharePart(folder, share);
    }

    private Optional<FolderLock> lock(Path folder, String name) throws CommandFailure {
        if (directory.isEmpty()) {
            unlocked("this user has no home directory");
            return Optional.empty();
        }
        try {
            Holder self = new Holder(pid(), clock.millis(), command + " " + name);
            return Optional.of(FolderLock.acquire(directory.get(), folder, self));
        } catch (FolderBusyException e) {
            throw new CommandFailure(ExitCode.BUSY, e.getMessage() + already(e.holder()));
        } catch (IOException e) {
            unlocked("no lock can be written in " + directory.get() + " (" + e.getMessage() + ")");
            return Optional.empty();
        }
    }

    private void unlocked(String why) {
        if (!warned) {
            warned = true;
            terminal.warn("two runs can't be kept apart here: " + why
                    + "; let XDG_STATE_HOME name a directory that can be written");
        }
    }

    /** Returns this process; the JDK's own way takes as long as ten locks. */
    private static long pid() {
        try {
            return Long.parseLong(SELF.toRealPath().getFileName().toString());
        } catch (IOException | NumberFormatException e) {
            return ProcessHandle.current().pid();
        }
    }

    private String already(Optional<Holder> holder) {
        if (holder.isEmpty()) {
            return " already; wait for its end, then run this again";
        }
        Holder known = holder.get();
        String who = " already: sksync " + known.command() + " (process " + known.pid() + ", since "
                + time(known.sinceMillis()) + "); ";
        return who
                + (known.command().startsWith(WATCH + " ")
                        ? "it syncs changes here by itself, and looks for those of the other side every so often (--every);"
                                + " to sync by hand, end it first with: kill "
                                + known.pid()
                        : "wait for its end, then run this again");
    }

    private static String time(long millis) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
                .format(Instant.ofEpochMilli(millis)
                        .truncatedTo(ChronoUnit.SECONDS)
                        .atZone(ZoneId.systemDefault()));
    }

    private synchronized void giveUp(Path folder, Held share) {
        share.shares--;
        if (share.shares > 0) {
            return;
        }
        held.remove(folder);
        if (share.lock.isPresent()) {
            try {
                share.lock.get().close();
            } catch (IOException e) {
                terminal.warn("the lock of " + folder + " can't be given up (" + e.getMessage()
                        + "); it ends with this process");
            }
        }
    }

    private final class SharePart implements Share {

        private final @Nullable Path folder;
        private final Held share;
        private boolean closed;

        SharePart(@Nullable Path folder, Held share) {
            this.folder = folder;
            this.share = share;
        }

        @Override
        public ReentrantLock turn() {
            return share.turn;
        }

        @Override
        public void close() {
            if (!closed && folder != null) {
                giveUp(folder, share);
            }
            closed = true;
        }
    }
}
