package org.sksync.cli.command;

import java.util.Optional;
import java.util.function.Function;
import org.sksync.cli.watch.OwnWrites;
import org.sksync.client.report.SyncFailedException;
import org.sksync.client.report.SyncListener;
import org.sksync.files.scan.SkippedFile;
import org.sksync.transport.tls.Fingerprint;

/** Takes note of what a sync puts into a folder, and hands everything on. */
final class OwnWritesListener implements SyncListener {

    private final SyncListener next;
    private final OwnWrites own;
    private final Function<String, Optional<OwnWrites.State>> disk;

    /**
     * Creates a listener.
     *
     * @param disk returns how a file is that has come, by its name with slashes
     */
    OwnWritesListener(SyncListener next, OwnWrites own, Function<String, Optional<OwnWrites.State>> disk) {
        this.next = next;
        this.own = own;
        this.disk = disk;
    }

    @Override
    public void sendsAtMost(int files, long bytes) {
        next.sendsAtMost(files, bytes);
    }

    @Override
    public void going(String name, long bytes) {
        next.going(name, bytes);
    }

    @Override
    public void skipped(SkippedFile file) {
        next.skipped(file);
    }

    @Override
    public void coming(String name, long bytes, long modifiedMillis) {
        own.coming(name, new OwnWrites.State(bytes, modifiedMillis));
        next.coming(name, bytes, modifiedMillis);
    }

    @Override
    public void received(String name, long bytes) {
        own.came(name, disk.apply(name));
        next.received(name, bytes);
    }

    @Override
    public void sent(String name, long bytes) {
        next.sent(name, bytes);
    }

    @Override
    public void moved(int bytes) {
        next.moved(bytes);
    }

    @Override
    public void established(Optional<Fingerprint> server) throws SyncFailedException {
        next.established(server);
    }
}
