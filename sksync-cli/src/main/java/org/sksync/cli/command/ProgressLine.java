package org.sksync.cli.command;

import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sksync.cli.command.ProgressState.Stage;
import org.sksync.client.report.SyncFailedException;
import org.sksync.client.report.SyncListener;
import org.sksync.config.ClientProfile;
import org.sksync.config.KnownServers;
import org.sksync.config.ProfileSyncType;
import org.sksync.files.scan.SkippedFile;
import org.sksync.transport.tls.Fingerprint;

/**
 * Hears how a sync gets on, and shows it: each file where that is asked for, and from time to time how far it is. To hear
 * costs the sync a counter; what is shown is made on another thread.
 */
final class ProgressLine implements SyncListener {

    /** A sync that takes less shows nothing. */
    private static final long FIRST_MILLIS = 500;

    private final String name;
    private final boolean fetches;
    private final FirstContact firstContact;
    private final Terminal terminal;
    private final LongSupplier nanoTime;
    private final long begunNanos;
    private final ProgressCount count;
    private @Nullable Speed speed;

    ProgressLine(ClientProfile profile, KnownServers known, Terminal terminal, LongSupplier nanoTime) {
        this.name = profile.name();
        this.fetches = profile.syncType() != ProfileSyncType.TO_SERVER_USE_TIME
                && profile.syncType() != ProfileSyncType.TO_SERVER_NO_TIME;
        this.firstContact = new FirstContact(profile, known, terminal);
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.begunNanos = nanoTime.getAsLong();
        this.count = new ProgressCount(nanoTime);
    }

    /** Shows it from now on until the result is closed; empty where nobody wants to see it. */
    Optional<ProgressTicker> show() {
        long millis = terminal.progressMillis();
        return millis == 0
                ? Optional.empty()
                : Optional.of(
                        ProgressTicker.start(() -> terminal.progress(text()), Math.max(FIRST_MILLIS, millis), millis));
    }

    /** Returns how far it is now. Any thread. */
    synchronized ProgressText text() {
        long now = nanoTime.getAsLong();
        ProgressState state = count.state();
        boolean begun = state.stage().compareTo(Stage.SENDING) >= 0;
        Speed before = speed;
        // What is before the first file says nothing of how fast files travel.
        Speed present = before == null ? Speed.from(begun ? count.firstNanos() : now) : before;
        present = present.at(now, state.bytes(), state.files());
        if (begun) {
            speed = present;
        }
        return new ProgressText(name, fetches, (now - begunNanos) / 1_000_000, state, present);
    }

    @Override
    public void established(Optional<Fingerprint> server) throws SyncFailedException {
        firstContact.established(server);
        count.established();
    }

    @Override
    public void sendsAtMost(int files, long bytes) {
        count.sendsAtMost(files, bytes);
    }

    @Override
    public void going(String file, long bytes) {
        count.begun(Stage.SENDING, file, bytes);
    }

    @Override
    public void coming(String file, long bytes, long modifiedMillis) {
        count.begun(Stage.RECEIVING, file, bytes);
    }

    @Override
    public void moved(int bytes) {
        count.moved(bytes);
    }

    @Override
    public void sent(String file, long bytes) {
        count.sent();
        if (terminal.isVerbose()) {
            tell("sent", file, bytes);
        }
    }

    @Override
    public void received(String file, long bytes) {
        count.received();
        if (terminal.isVerbose()) {
            tell("received", file, bytes);
        }
    }

    private void tell(String action, String file, long bytes) {
        terminal.tellFile(action + " " + file, fileLine(action, file).put("bytes", bytes));
    }

    @Override
    public void skipped(SkippedFile file) {
        if (terminal.isVerbose()) {
            terminal.tellFile(
                    "skipped " + file.name() + ": " + file.detail(),
                    fileLine("skipped", file.name()).put("reason", reason(file)).put("detail", file.detail()));
        }
    }

    private JsonLine fileLine(String action, String file) {
        return JsonLine.of("file").put("profile", name).put("action", action).put("name", file);
    }

    /** Returns why a file was left out, in one word. */
    static String reason(SkippedFile file) {
        return file.reason().name().toLowerCase(Locale.ROOT);
    }
}
