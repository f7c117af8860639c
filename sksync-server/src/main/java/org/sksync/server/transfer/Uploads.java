package org.sksync.server.transfer;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.sksync.files.path.RelativePath;
import org.sksync.files.plan.SyncPlan;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.FileListing;
import org.sksync.files.scan.SkipReason;
import org.sksync.files.scan.SkippedFile;
import org.sksync.files.store.CommitResult;
import org.sksync.protocol.message.FileContent;
import org.sksync.protocol.message.FileEnd;
import org.sksync.protocol.message.FileReply;
import org.sksync.protocol.message.FileRequest;
import org.sksync.protocol.message.WireName;
import org.sksync.protocol.session.SyncProtocolException;
import org.sksync.protocol.session.SyncProtocolException.Reason;
import org.sksync.server.transfer.SessionSummary.TransferCount;
import org.sksync.transport.transfer.FileReceiver;
import org.sksync.transport.transfer.ReceiveResult;

/** Asks a client for files, and stores each as it comes; at most {@code window} requests are on their way at a time. */
final class Uploads {

    /** What {@link Uploads} needs of its session. */
    interface Host {

        void request(FileRequest request);

        void skipped(SkippedFile file);

        /** A file is in its place, and the disk keeps its time a second or two off. */
        void timeRounded(RelativePath path);

        /** Called once, when every file has come and is in its place. */
        void uploadsDone();

        void failed(Throwable cause);
    }

    /** The window of a level on which the client takes one request at a time. */
    static final int LOCKSTEP = 1;

    private final Host host;
    private final SyncPlan plan;
    private final FileListing own;
    private final FileReceiver receiver;
    private final Awaiting awaiting;
    private final FreeSpace room;
    private final int window;
    private final Iterator<FileEntry> wanted;
    private final Queue<FileEntry> requested = new ArrayDeque<>();
    private @Nullable FileEntry arriving;
    private int storing;
    private TransferCount count = TransferCount.NONE;
    private boolean done;

    Uploads(
            Host host,
            SyncPlan plan,
            FileListing own,
            FileReceiver receiver,
            Awaiting awaiting,
            FreeSpace room,
            int window) {
        this.host = host;
        this.plan = plan;
        this.wanted = plan.toServer().iterator();
        this.own = own;
        this.receiver = receiver;
        this.awaiting = awaiting;
        this.room = room;
        this.window = window;
    }

    /** Asks for as many files as may be on their way. */
    void proceed() {
        boolean nothingWasDue = requested.isEmpty() && arriving == null;
        while (wanted.hasNext() && onTheWay() < window) {
            FileEntry next = wanted.next();
            requested.add(next);
            host.request(new FileRequest(new WireName(next.path().text())));
        }
        if (nothingWasDue && !requested.isEmpty()) {
            awaiting.head();
        }
        if (!done && requested.isEmpty() && arriving == null && storing == 0) {
            done = true;
            host.uploadsDone();
        }
    }

    /**
     * Returns how many files count as asked for. In lockstep one that has come is done with: were it waited for until it
     * is on the disk, the disk would get one at a time. Otherwise it counts until then, so that nothing more is asked for
     * after one that is corrupt. Either way the receiver stops the client where the disk can't keep up.
     */
    private int onTheWay() {
        int coming = requested.size() + (arriving == null ? 0 : 1);
        return window == LOCKSTEP ? coming : coming + storing;
    }

    void reply(FileReply reply) throws SyncProtocolException {
        FileEntry next = requested.poll();
        if (next == null) {
            throw new SyncProtocolException(
                    Reason.NOT_AGREED,
                    "file length: " + reply.length() + " (expected: nothing, no file was asked for)");
        }
        arriving = next;
        awaiting.content(reply.length());
        RelativePath place = plan.onServer(next.path());
        receiver.begin(
                new FileReceiver.WantedFile(place, own.find(place), next.wholeSecondMillis(), reply.length()),
                () -> room.require(reply.length()));
    }

    void content(FileContent content) {
        awaiting.arrived(content.content().readableBytes());
        receiver.content(content.content());
    }

    void end(FileEnd end) {
        FileEntry file = arriving;
        if (file == null) {
            throw new IllegalStateException("the decoder ends no file that it has not begun");
        }
        arriving = null;
        if (requested.isEmpty()) {
            awaiting.nothing();
        } else {
            awaiting.head();
        }
        storing++;
        receiver.end(end.md5Hex(), result -> stored(file, result));
        proceed();
    }

    TransferCount count() {
        return count;
    }

    private void stored(FileEntry file, ReceiveResult result) {
        storing--;
        if (result instanceof ReceiveResult.Stored stored) {
            count = count.plus(stored.bytes());
            if (stored.how() == CommitResult.STORED_TIME_ROUNDED) {
                host.timeRounded(file.path());
            } else if (stored.how() == CommitResult.STORED_TIME_NOT_KEPT) {
                host.skipped(new SkippedFile(
                        file.path().text(),
                        SkipReason.TIME,
                        "it arrived, but this disk does not keep its time; use a type without times (no_time) here"));
            }
        } else if (result instanceof ReceiveResult.Skipped skipped) {
            host.skipped(skipped.file());
        } else {
            host.failed(new SyncProtocolException(
                    Reason.CHECKSUM_MISMATCH,
                    "checksum: not that of the content of "
                            + SyncProtocolException.excerpt(file.path().text())));
            return;
        }
        proceed();
    }
}
