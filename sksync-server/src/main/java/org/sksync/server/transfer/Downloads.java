package org.sksync.server.transfer;

import java.util.Iterator;
import java.util.List;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.SkipReason;
import org.sksync.files.scan.SkippedFile;
import org.sksync.files.store.OutgoingFile;
import org.sksync.files.store.TreeStore;
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
    private final Iterator<FileEntry> files;
    private final TreeStore store;
    private final FileSender sender;
    private final ProtocolLevel level;
    private TransferCount count = TransferCount.NONE;

    Downloads(Host host, List<FileEntry> files, TreeStore store, FileSender sender, ProtocolLevel level) {
        this.host = host;
        this.files = files.iterator();
        this.store = store;
        this.sender = sender;
        this.level = level;
    }

    void proceed() {
        while (files.hasNext()) {
            FileEntry next = files.next();
            String name = next.path().text();
            if (level.canCarry(name)) {
                sender.send(store, next.path(), file -> offer(name, file), this::sent);
                return;
            }
            host.skipped(new SkippedFile(name, SkipReason.NAME, level.greeting() + " can't carry the name"));
        }
        host.downloadsDone();
    }

    TransferCount count() {
        return count;
    }

    private static FileOffer offer(String name, OutgoingFile file) {
        long wholeSeconds = Math.floorDiv(file.mtimeMillis(), 1000L);
        return new FileOffer(new WireName(name), wholeSeconds * 1000, file.length());
    }

    private void sent(SendResult result) {
        if (result instanceof SendResult.Broken broken) {
            host.broken(broken.file());
            return;
        }
        if (result instanceof SendResult.Sent sent) {
            count = count.plus(sent.bytes());
        } else if (result instanceof SendResult.NotSent notSent) {
            host.skipped(notSent.file());
        }
        proceed();
    }
}
