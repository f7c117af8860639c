package org.sksync.transport.transfer;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.sksync.files.path.RelativePath;
import org.sksync.files.scan.SkipReason;
import org.sksync.files.scan.SkippedFile;
import org.sksync.files.store.OutgoingFile;
import org.sksync.files.store.TreeStore;
import org.sksync.protocol.message.FileContent;
import org.sksync.protocol.message.FileEnd;
import org.sksync.protocol.message.ProtocolLevel.Checksum;

/**
 * Reads files and sends them, one after the other. What is in memory for a peer that does not
 * read, {@link BufferSize} bounds; for one that reads, the next ones are read while the last ones travel. Several short files are read
 * at a time. Short files that the source only foresees are read too, as long as there is nothing else to do, and sent
 * once it gives them.
 *
 * <p>The last piece of a file is held back until the file has been looked at once more: a file that changed while it
 * was read is never sent whole. Owner thread only.
 */
public final class FileSender {

    /** To open a file takes a while, however short it is. */
    private static final int UNIT_FILES = 64;

    /** Few, since what is asked for meanwhile has to wait; they are read when half of the last ones are left. */
    private static final int FORESEEN_FILES = 16;

    private final PeerLink link;
    private final DiskWork disk;
    private final Checksum checksum;
    private final TreeStore store;
    private final int unitBytes;
    private final Source source;
    private final IntConsumer onPiece;
    private final Deque<Dispatch> pulled = new ArrayDeque<>();
    private final Deque<Step> ready = new ArrayDeque<>();
    private final Deque<Step.Content> foreseen = new ArrayDeque<>();
    private boolean foresees;
    private int timesForgotten;
    private boolean reading;
    private boolean abandoned;

    /** Where a sender takes the next file from; on the owner thread. */
    @FunctionalInterface
    public interface Source {

        /** Returns the next file that is to be sent, or empty where there is none now. */
        Optional<QueuedFile> next();

        /**
         * Returns what {@link #next} will probably return, so that it can be read beforehand; empty where nobody can
         * tell.
         *
         * @param after how many it will probably return before that one
         */
        default Optional<QueuedFile> foreseen(int after) {
            return Optional.empty();
        }
    }

    /**
     * A file that is to be sent.
     *
     * @param path its place below the store's root
     * @param bytes its length as it was listed: how much is read at a time goes by that
     * @param head makes the message that announces the open file
     * @param then told on the owner thread what became of it
     */
    public record QueuedFile(
            RelativePath path, long bytes, Function<OutgoingFile, Object> head, Consumer<SendResult> then) {}

    /**
     * Creates a sender for one session, which sends files of one directory.
     *
     * @param source gives it the files, one after the other
     * @param onPiece told on the owner thread of each piece's length, when it is handed to the link
     */
    public FileSender(
            PeerLink link,
            SessionWork work,
            Checksum checksum,
            TreeStore store,
            BufferSize buffers,
            Source source,
            IntConsumer onPiece) {
        this.link = link;
        this.disk = work.files();
        this.checksum = checksum;
        this.store = store;
        this.unitBytes = buffers.sentBytes();
        this.source = source;
        this.onPiece = onPiece;
    }

    /** Looks whether the source has something now; to be called when it may. */
    public void proceed() {
        pump();
    }

    /** Goes on after the peer has caught up. */
    public void writable() {
        pump();
    }

    /** Stops where it is; nothing may follow. */
    public void abandon() {
        abandoned = true;
        ready.forEach(Step::release);
        ready.clear();
        forgetForeseen();
        List<Dispatch> open = List.copyOf(pulled);
        pulled.clear();
        if (!open.isEmpty()) {
            disk.run(() -> open.forEach(Dispatch::close));
        }
    }

    private void arrived(List<Step> steps) {
        if (abandoned) {
            steps.forEach(Step::release);
            return;
        }
        reading = false;
        ready.addAll(steps);
        pump();
    }

    private void pump() {
        if (link.isWritable() && (!ready.isEmpty() || takeForeseen())) {
            do {
                // All of a unit, though the link may fill on the way: it is in memory anyhow.
                while (!ready.isEmpty() && !abandoned) {
                    deliver(ready.remove());
                }
            } while (!abandoned && takeForeseen());
            link.flush();
        }
        if (ready.isEmpty() && !reading && !abandoned && link.isWritable()) {
            readNext();
            readForeseen();
        }
    }

    /** Makes the source's next file ready, if that was read beforehand. */
    private boolean takeForeseen() {
        Step.Content first = foreseen.peek();
        if (first == null || !pulled.isEmpty()) {
            return false;
        }
        Optional<QueuedFile> next = source.next();
        if (next.isEmpty()) {
            return false;
        }
        if (!first.dispatch().file.path().equals(next.get().path())) {
            forgetForeseen();
            pulled.add(new Dispatch(next.get()));
            return false;
        }
        foresees = true;
        pulled.add(first.dispatch());
        ready.add(foreseen.remove());
        return true;
    }

    private void forgetForeseen() {
        foreseen.forEach(Step::release);
        foreseen.clear();
        timesForgotten++;
    }

    private void deliver(Step step) {
        Dispatch dispatch = step.dispatch();
        if (step instanceof Step.Failed failed) {
            pulled.remove(dispatch);
            dispatch.file
                    .then()
                    .accept(
                            dispatch.headSent
                                    ? new SendResult.Broken(failed.why())
                                    : new SendResult.NotSent(failed.why()));
        } else if (step instanceof Step.Content content) {
            deliver(dispatch, content);
        }
    }

    private void deliver(Dispatch dispatch, Step.Content content) {
        if (!dispatch.headSent) {
            dispatch.headSent = true;
            link.send(dispatch.file.head().apply(dispatch.openFile()));
        }
        int bytes = content.bytes().readableBytes();
        if (bytes > 0) {
            link.send(new FileContent(content.bytes()));
            onPiece.accept(bytes);
        } else {
            content.release();
        }
        if (content.last()) {
            link.send(new FileEnd(content.md5Hex()));
            pulled.remove(dispatch);
            dispatch.file.then().accept(new SendResult.Sent(dispatch.openFile().length()));
        }
    }

    /** Reads on in the file that is under way, or as many of the next ones as are read at a time. */
    private void readNext() {
        long bytes =
                pulled.stream().mapToLong(dispatch -> dispatch.file.bytes()).sum();
        while (bytes < unitBytes && pulled.size() < UNIT_FILES) {
            Optional<QueuedFile> next = source.next();
            if (next.isEmpty()) {
                break;
            }
            foresees = true;
            bytes += next.get().bytes();
            pulled.add(new Dispatch(next.get()));
        }
        if (pulled.isEmpty()) {
            return;
        }
        reading = true;
        List<Dispatch> unit = List.copyOf(pulled);
        disk.run(() -> read(unit), this::arrived);
    }

    /** Reads beforehand, where nothing else is to be read. */
    private void readForeseen() {
        if (reading || !foresees || foreseen.size() > FORESEEN_FILES / 2) {
            return;
        }
        int held = foreseen.stream().mapToInt(Step::bytesHeld).sum();
        long bytes = held;
        List<Dispatch> unit = new ArrayList<>();
        while (unit.size() < FORESEEN_FILES) {
            Optional<QueuedFile> next = source.foreseen(foreseen.size() + unit.size());
            if (next.isEmpty() || bytes + next.get().bytes() > unitBytes) {
                break;
            }
            bytes += next.get().bytes();
            unit.add(new Dispatch(next.get()));
        }
        if (!unit.isEmpty()) {
            reading = true;
            int forgotten = timesForgotten;
            disk.run(
                    () -> readWhole(unit, unitBytes - held), steps -> arrivedBeforehand(steps, unit.size(), forgotten));
        }
    }

    private void arrivedBeforehand(List<Step.Content> steps, int expected, int forgotten) {
        if (abandoned || forgotten != timesForgotten) {
            steps.forEach(Step::release);
        } else {
            foreseen.addAll(steps);
            // Not read again and again, but when it is asked for.
            foresees = steps.size() == expected;
        }
        reading = false;
        pump();
    }

    /** Reads files as long as each can be had whole, and all of them in so many bytes. */
    private List<Step.Content> readWhole(List<Dispatch> unit, int bytes) {
        List<Step.Content> whole = new ArrayList<>(unit.size());
        int room = bytes;
        for (Dispatch dispatch : unit) {
            Step step;
            try {
                step = dispatch.next();
            } catch (RuntimeException | Error e) {
                whole.forEach(Step::release);
                dispatch.close();
                throw e;
            }
            room -= step.bytesHeld();
            // A file may be longer by now than it was listed.
            if (!(step instanceof Step.Content content) || !content.last() || room < 0) {
                step.release();
                dispatch.close();
                break;
            }
            whole.add(content);
        }
        return whole;
    }

    /** Reads a unit: short files from the first on, or one piece of a long one. */
    private List<Step> read(List<Dispatch> unit) {
        List<Step> steps = new ArrayList<>(unit.size());
        int room = unitBytes;
        for (Dispatch dispatch : unit) {
            if (!steps.isEmpty() && dispatch.expectedBytes() > room) {
                break;
            }
            Step step;
            try {
                step = dispatch.next();
            } catch (RuntimeException | Error e) {
                steps.forEach(Step::release);
                throw e;
            }
            steps.add(step);
            // A file may be longer by now than it was listed.
            room -= step.bytesHeld();
            if (!step.isLast() || room <= 0) {
                break;
            }
        }
        return steps;
    }

    /** What one read of the file gave. */
    private sealed interface Step {

        Dispatch dispatch();

        /** Whether the file needs no further one. */
        boolean isLast();

        int bytesHeld();

        void release();

        record Content(Dispatch dispatch, ByteBuf bytes, boolean last, Optional<String> md5Hex) implements Step {
            @Override
            public boolean isLast() {
                return last;
            }

            @Override
            public int bytesHeld() {
                return bytes.readableBytes();
            }

            @Override
            public void release() {
                bytes.release();
            }
        }

        record Failed(Dispatch dispatch, SkippedFile why) implements Step {
            @Override
            public boolean isLast() {
                return true;
            }

            @Override
            public int bytesHeld() {
                return 0;
            }

            @Override
            public void release() {}
        }
    }

    /** One file on its way to the peer. {@code headSent} belongs to the owner thread, the rest to the disk's. */
    private final class Dispatch {

        private final QueuedFile file;
        private final @Nullable Md5 md5 = checksum == Checksum.MD5 ? new Md5() : null;
        private boolean headSent;
        private @Nullable OutgoingFile opened;
        private long remainingBytes;

        Dispatch(QueuedFile file) {
            this.file = file;
        }

        long expectedBytes() {
            return opened == null ? file.bytes() : remainingBytes;
        }

        Step next() {
            return opened == null ? open() : read();
        }

        private Step open() {
            try {
                OutgoingFile now = store.openForSending(file.path());
                opened = now;
                remainingBytes = now.length();
            } catch (IOException e) {
                return failed(store.skipped(file.path(), e));
            }
            return read();
        }

        private Step read() {
            int bytes = (int) Math.min(remainingBytes, unitBytes);
            ByteBuf piece = link.allocator().ioBuffer(Math.max(bytes, 1));
            try {
                fill(piece, bytes);
                boolean last = remainingBytes == 0;
                if (last && !openFile().unchanged()) {
                    return failed(new SkippedFile(
                            file.path().text(),
                            SkipReason.CHANGED,
                            "changed while it was read; the next sync takes it along"));
                }
                if (last) {
                    close();
                }
                return new Step.Content(
                        this, piece.retain(), last, last && md5 != null ? Optional.of(md5.hex()) : Optional.empty());
            } catch (IOException e) {
                return failed(store.skipped(file.path(), e));
            } finally {
                piece.release();
            }
        }

        private void fill(ByteBuf piece, int bytes) throws IOException {
            ByteBuffer target = piece.nioBuffer(0, bytes);
            while (target.hasRemaining()) {
                openFile().read(target);
            }
            target.flip();
            if (md5 != null) {
                md5.update(target);
            }
            piece.writerIndex(bytes);
            remainingBytes -= bytes;
        }

        OutgoingFile openFile() {
            OutgoingFile now = opened;
            if (now == null) {
                throw new IllegalStateException("not open");
            }
            return now;
        }

        private Step failed(SkippedFile why) {
            close();
            return new Step.Failed(this, why);
        }

        void close() {
            if (opened != null) {
                try {
                    opened.close();
                } catch (IOException e) {
                    // It was only read; there is nothing to lose.
                    return;
                }
            }
        }
    }
}
