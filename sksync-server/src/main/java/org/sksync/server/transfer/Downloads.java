package org.sksync.server.transfer;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;
import org.sksync.files.path.RelativePath;
import org.sksync.files.plan.SyncPlan;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.SkipReason;
import org.sksync.files.scan.SkippedFile;
import org.sksync.files.store.OutgoingFile;
import org.sksync.protocol.message.FileOffer;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.message.WireName;
import org.sksync.server.transfer.SessionSummary.TransferCount;
import org.sksync.transport.transfer.FileSender;
import org.sksync.transport.transfer.SendResult;

/** Gives a client files, one after the other. */
final class Downloads {

    /** What {@link Downloads} needs of its session. */
    interface Host {

        void skipped(SkippedFile file);

        /** A file changed when part of it had been sent. */
        void broken(SkippedFile file);

        /** Called once, when every file has been sent or skipped. */
        void downloadsDone();
    }

    private final Host host;
    private final List<FileEntry> files;
    private final Map<RelativePath, RelativePath> clientNames;
    private final FileSender sender;
    private final ProtocolLevel level;
    private final Queue<FileEntry> waiting = new ArrayDeque<>();
    private int sending;
    private TransferCount count = TransferCount.NONE;

    /** Creates one that sends through what {@code senders} makes for the source of its files. */
    Downloads(Host host, SyncPlan plan, ProtocolLevel level, Function<FileSender.Source, FileSender> senders) {
        this.host = host;
        this.files = plan.toClient();
        this.clientNames = plan.clientNames();
        this.level = level;
        this.sender = senders.apply(this::next);
    }

    /** Begins to send. */
    void begin() {
        for (FileEntry file : files) {
            String name = nameOf(file);
            if (level.canCarry(name)) {
                waiting.add(file);
            } else {
                host.skipped(
                        new SkippedFile(name, SkipReason.NAME, level.greeting() + " can't carry the name; rename it"));
            }
        }
        sender.proceed();
        tellWhenDone();
    }

    /** Goes on after the client has caught up. */
    void writable() {
        sender.writable();
    }

    /** Stops where it is. */
    void abandon() {
        sender.abandon();
    }

    TransferCount count() {
        return count;
    }

    private Optional<FileSender.QueuedFile> next() {
        FileEntry file = waiting.poll();
        if (file == null) {
            return Optional.empty();
        }
        sending++;
        String name = nameOf(file);
        return Optional.of(
                new FileSender.QueuedFile(file.path(), file.size(), opened -> offer(name, opened), this::sent));
    }

    /** Returns what the client calls a file. */
    private String nameOf(FileEntry file) {
        return clientNames.getOrDefault(file.path(), file.path()).text();
    }

    private static FileOffer offer(String name, OutgoingFile file) {
        long wholeSeconds = Math.floorDiv(file.mtimeMillis(), 1000L);
        return new FileOffer(new WireName(name), wholeSeconds * 1000, file.length());
    }

    private void sent(SendResult result) {
        sending--;
        if (result instanceof SendResult.Broken broken) {
            host.broken(broken.file());
            return;
        }
        if (result instanceof SendResult.Sent sent) {
            count = count.plus(sent.bytes());
        } else if (result instanceof SendResult.NotSent notSent) {
            host.skipped(notSent.file());
        }
        tellWhenDone();
    }

    private void tellWhenDone() {
        if (sending == 0 && waiting.isEmpty()) {
            host.downloadsDone();
        }
    }
}
