package org.sksync.server.transfer;

import org.sksync.files.path.RelativePath;
import org.sksync.files.plan.CoarseTimes;
import org.sksync.files.plan.SyncPolicy;
import org.sksync.files.scan.FileListing;
import org.sksync.files.scan.SkippedFile;
import org.sksync.files.store.TreeStore;
import org.sksync.protocol.message.FileRequest;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.message.ProtocolLevel.RequestPace;
import org.sksync.protocol.message.RequestsEnd;
import org.sksync.protocol.message.ServerMessage;
import org.sksync.server.config.SessionLimits;
import org.sksync.server.transfer.SessionSummary.TransferCount;
import org.sksync.transport.transfer.BufferSize;
import org.sksync.transport.transfer.FileReceiver;
import org.sksync.transport.transfer.FileSender;
import org.sksync.transport.transfer.Mailbox;
import org.sksync.transport.transfer.PeerLink;
import org.sksync.transport.transfer.SessionWork;

/**
 * The moving of files, once it is known which: first the client is asked for its own, then it is given others, and at
 * the end all that came is made durable. Owner thread only.
 */
final class Transfers implements Uploads.Host, Downloads.Host {

    /** What {@link Transfers} needs of its session. */
    interface Host {

        boolean isOver();

        /** Queues a message for the client. */
        void say(ServerMessage message);

        /** A file changed when part of it had been sent. */
        void broken(SkippedFile file);

        void failed(Throwable cause);

        /** Called once, when all has travelled and is durable. */
        void done();
    }

    private final Host host;
    private final SessionNotes notes;
    private final PeerLink link;
    private final SessionWork work;
    private final TreeStore store;
    private final SyncPolicy policy;
    private final FileReceiver receiver;
    private final Uploads uploads;
    private final Downloads downloads;
    private boolean toldOfTimes;

    /**
     * Prepares the moving.
     *
     * @param planned which files travel
     * @param own what this side has
     * @param store the directory
     */
    Transfers(
            Host host,
            SessionNotes notes,
            Planned planned,
            FileListing own,
            TreeStore store,
            SyncPolicy policy,
            SessionLimits limits,
            ProtocolLevel level,
            BufferSize buffers,
            PeerLink link,
            SessionWork work,
            Mailbox<?> mailbox) {
        this.host = host;
        this.notes = notes;
        this.link = link;
        this.work = work;
        this.store = store;
        this.policy = policy;
        this.toldOfTimes = planned.tellsOfTimes();
        this.receiver = new FileReceiver(mailbox, work, level.checksum(), store, buffers);
        this.uploads = new Uploads(
                this,
                planned.plan(),
                own,
                receiver,
                new Awaiting(link, limits.timeouts(), level.checksum()),
                new FreeSpace(store, limits.freeDiskBytes()),
                level.requestPace() == RequestPace.LOCKSTEP ? Uploads.LOCKSTEP : limits.requestsAhead());
        this.downloads = new Downloads(
                this,
                planned.plan(),
                level,
                source -> new FileSender(link, work, level.checksum(), store, buffers, source, bytes -> {}));
    }

    void begin() {
        uploads.proceed();
        link.flush();
    }

    /** Takes what the client says of the files that it was asked for. */
    Uploads uploads() {
        return uploads;
    }

    /** Goes on after the client has caught up. */
    void writable() {
        downloads.writable();
    }

    /** Stops where it is; a file that has not arrived whole is thrown away. */
    void abandon() {
        receiver.abandon();
        downloads.abandon();
    }

    TransferCount received() {
        return uploads.count();
    }

    TransferCount sent() {
        return downloads.count();
    }

    @Override
    public void request(FileRequest message) {
        if (!host.isOver()) {
            host.say(message);
        }
    }

    @Override
    public void uploadsDone() {
        if (!host.isOver()) {
            host.say(new RequestsEnd());
            link.flush();
            downloads.begin();
        }
    }

    @Override
    public void downloadsDone() {
        // The client may take the last line for a promise that its files are safe.
        work.commits()
                .run(
                        () -> {
                            store.close();
                            return store;
                        },
                        closed -> host.done());
    }

    @Override
    public void skipped(SkippedFile file) {
        notes.skipped(file);
    }

    @Override
    public void timeRounded(RelativePath path) {
        if (!toldOfTimes && CoarseTimes.matterTo(policy)) {
            toldOfTimes = true;
            notes.warning(CoarseTimes.adviceOfRounding(path, Planned.CONFIGURATION));
        }
    }

    @Override
    public void broken(SkippedFile file) {
        host.broken(file);
    }

    @Override
    public void failed(Throwable cause) {
        host.failed(cause);
    }
}
