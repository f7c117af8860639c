package org.sksync.client.transfer;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sksync.files.path.RelativePath;
import org.sksync.files.plan.CaseTwins;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.FileListing;
import org.sksync.files.scan.SkippedFile;
import org.sksync.protocol.message.FileReply;
import org.sksync.protocol.message.ProtocolLevel.RequestPace;
import org.sksync.protocol.session.SyncProtocolException;
import org.sksync.protocol.session.SyncProtocolException.Reason;
import org.sksync.transport.transfer.FileSender;
import org.sksync.transport.transfer.SendResult;

/** Answers a server's requests, one after the other; only for files that were listed, and once for each. */
final class Uploads {

    /** What {@link Uploads} needs of its session. */
    interface Host {

        /** A file begins to travel. */
        void going(RelativePath path, long bytes);

        void sent(RelativePath path, long bytes);

        /** So much is still to be sent at the most; the largest numbers there are, where that can't be told. */
        void leftAtMost(int files, long bytes);

        /** A requested file can't be sent whole; the wire has no word for that, so the session must end. */
        void unsendable(RelativePath path, SkippedFile why);
    }

    private final Host host;
    private final FileListing listed;
    private final FileSender sender;
    private final RequestPace pace;
    private final Set<RelativePath> answered = new HashSet<>();
    private final Queue<FileEntry> waiting = new ArrayDeque<>();
    private int sending;
    private @Nullable Ahead ahead;
    private int dueFiles;
    private long dueBytes;

    /** Creates one that sends through what {@code senders} makes for the source of its files. */
    Uploads(Host host, FileListing listed, RequestPace pace, Function<FileSender.Source, FileSender> senders) {
        this.host = host;
        this.listed = listed;
        this.pace = pace;
        this.sender = senders.apply(new Requested());
    }

    void requested(RelativePath path) throws SyncProtocolException {
        Optional<FileEntry> file = listed.find(path);
        if (file.isEmpty()) {
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
        waiting.add(file.get());
        tellWhatIsLeft(file.get());
        sender.proceed();
    }

    private void tellWhatIsLeft(FileEntry asked) {
        Ahead after = ahead;
        if (after == null) {
            after = new Ahead(listed);
            ahead = after;
        }
        after.asked(asked);
        dueFiles++;
        dueBytes += asked.size();
        host.leftAtMost(
                after.isKnown() ? dueFiles + after.files() : Integer.MAX_VALUE,
                after.isKnown() ? dueBytes + after.bytes() : Long.MAX_VALUE);
    }

    /** Tells whether requests are still to be answered. */
    boolean isBusy() {
        return sending > 0 || !waiting.isEmpty();
    }

    /** Returns what to tell of files that were sent, and that the server's disk may take for one with others. */
    Optional<String> warning() {
        return answered.isEmpty() ? Optional.empty() : CaseTwins.warning(listed, answered::contains);
    }

    /** Goes on after the server has caught up. */
    void writable() {
        sender.writable();
    }

    /** Stops where it is. */
    void abandon() {
        sender.abandon();
    }

    /** What was asked for, and where only one file is at a time, what is asked for next. */
    private final class Requested implements FileSender.Source {
        @Override
        public Optional<FileSender.QueuedFile> next() {
            FileEntry file = waiting.poll();
            if (file == null) {
                return Optional.empty();
            }
            sending++;
            return Optional.of(queued(file));
        }

        @Override
        public Optional<FileSender.QueuedFile> foreseen(int after) {
            Ahead order = ahead;
            return pace == RequestPace.LOCKSTEP && order != null && waiting.isEmpty()
                    ? order.likely(after).map(Uploads.this::queued)
                    : Optional.empty();
        }
    }

    private FileSender.QueuedFile queued(FileEntry file) {
        return new FileSender.QueuedFile(
                file.path(), file.size(), opened -> reply(file, opened.length()), result -> finished(file, result));
    }

    private FileReply reply(FileEntry file, long bytes) {
        host.going(file.path(), bytes);
        return new FileReply(bytes);
    }

    private void finished(FileEntry file, SendResult result) {
        RelativePath path = file.path();
        sending--;
        dueFiles--;
        dueBytes -= file.size();
        if (result instanceof SendResult.Sent sent) {
            host.sent(path, sent.bytes());
        } else if (result instanceof SendResult.NotSent notSent) {
            host.unsendable(path, notSent.file());
        } else if (result instanceof SendResult.Broken broken) {
            host.unsendable(path, broken.file());
        }
    }
}
