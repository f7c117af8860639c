package org.sksync.client.transfer;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sksync.files.path.RelativePath;
import org.sksync.files.scan.FileListing;
import org.sksync.files.scan.SkippedFile;
import org.sksync.files.store.TreeStore;
import org.sksync.protocol.message.FileReply;
import org.sksync.protocol.session.SyncProtocolException;
import org.sksync.protocol.session.SyncProtocolException.Reason;
import org.sksync.transport.transfer.FileSender;
import org.sksync.transport.transfer.SendResult;

/** Answers a server's requests, one after the other; only for files that were listed, and once for each. */
final class Uploads {

    /** What {@link Uploads} needs of its session. */
    interface Host {

        void sent(RelativePath path, long bytes);

        /** A requested file can't be sent whole; the wire has no word for that, so the session must end. */
        void unsendable(RelativePath path, SkippedFile why);
    }

    private final Host host;
    private final FileListing listed;
    private final TreeStore store;
    private final FileSender sender;
    private final Set<RelativePath> answered = new HashSet<>();
    private final Queue<RelativePath> waiting = new ArrayDeque<>();
    private @Nullable RelativePath sending;

    Uploads(Host host, FileListing listed, TreeStore store, FileSender sender) {
        this.host = host;
        this.listed = listed;
        this.store = store;
        this.sender = sender;
    }

    void requested(RelativePath path) throws SyncProtocolException {
        if (listed.find(path).isEmpty()) {
            throw new SyncProtocolException(
                    Reason.NOT_AGREED,
                    "requested name: " + SyncProtocolException.excerpt(path.text())
                            + " was not listed (expected: one of the listed names)");
        }
        if (!answered.add(path)) {
            throw new SyncProtocolException(
                    Reason.NOT_AGREED,
                    "requested name: " + SyncProtocolException.excerpt(path.text())
                            + " was requested before (expected: each name once)");
        }
        waiting.add(path);
        proceed();
    }

    /** Tells whether requests are still to be answered. */
    boolean isBusy() {
        return sending != null || !waiting.isEmpty();
    }

    private void proceed() {
        if (sending != null) {
            return;
        }
        RelativePath next = waiting.poll();
        if (next != null) {
            sending = next;
            sender.send(store, next, file -> new FileReply(file.length()), result -> finished(next, result));
        }
    }

    private void finished(RelativePath path, SendResult result) {
        sending = null;
        if (result instanceof SendResult.Sent sent) {
            host.sent(path, sent.bytes());
            proceed();
        } else if (result instanceof SendResult.NotSent notSent) {
            host.unsendable(path, notSent.file());
        } else if (result instanceof SendResult.Broken broken) {
            host.unsendable(path, broken.file());
        }
    }
}
