package org.sksync.transport.transfer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sksync.files.path.RelativePath;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.SkippedFile;
import org.sksync.files.store.ArrivedFile;
import org.sksync.files.store.IncomingFile;
import org.sksync.files.store.TreeStore;
import org.sksync.protocol.message.ProtocolLevel.Checksum;

/**
 * Writes the files that a peer sends, one after the other: begin, any number of pieces, end. As many bytes as
 * {@link BufferSize} allows wait for the disk; beyond that the mailbox is held and the peer's own sending stalls.
 *
 * <p>A short file is collected and written in one go; of a long one each piece is written as it comes, and digested
 * beside that. What has arrived whole is sealed by another stage, which takes all that came while it was busy: the slower
 * the disk makes things durable, the more it is given at a time. A third one puts them in their places.
 *
 * <p>A file that the disk refuses is read to its end and reported as skipped, so that the session goes on with the
 * next one. Owner thread only.
 */
public final class FileReceiver {

    /** What a file costs beside its content until it is written: an empty one waits for the disk too. */
    private static final int FILE_COST_BYTES = 4 * 1024;
    /** What a file takes in memory, at the least, until it is in its place. */
    private static final int ARRIVED_COST_BYTES = 512;
    /** One group is put in place while the next one is sealed and one is written. */
    private static final int GROUPS = 3;
    /** The longest file that is collected before it is written. */
    private static final int SHORT_BYTES = 64 * 1024;

    /** What a piece costs at the least: however short, it keeps the buffer that it was read into. */
    private static final int PIECE_COST_BYTES = 1024;
    /** More of them would keep a slow disk busy for so long that it looked dead. */
    private static final long MAX_BYTES_TOGETHER = 8 << 20;

    private final Mailbox<?> mailbox;
    private final SessionWork work;
    private final Checksum checksum;
    private final TreeStore store;
    private final int highWaterBytes;
    private final int lowWaterBytes;
    private final int arrivedCostBytes;
    private final int maxTogether;
    private final AtomicInteger waitingBytes = new AtomicInteger();
    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private @Nullable Reception current;
    private boolean holding;

    /** Creates a receiver for one session, which stores files in one directory. */
    public FileReceiver(Mailbox<?> mailbox, SessionWork work, Checksum checksum, TreeStore store, BufferSize buffers) {
        this.mailbox = mailbox;
        this.work = work;
        this.checksum = checksum;
        this.store = store;
        this.highWaterBytes = buffers.highWaterBytes();
        this.lowWaterBytes = buffers.lowWaterBytes();
        this.arrivedCostBytes = Math.max(
                ARRIVED_COST_BYTES,
                Math.min(FILE_COST_BYTES, highWaterBytes / (GROUPS * store.maxCommittedTogether())));
        this.maxTogether =
                Math.max(1, Math.min(store.maxCommittedTogether(), highWaterBytes / (GROUPS * arrivedCostBytes)));
    }

    /**
     * Begins a file.
     *
     * @param wanted which, and what is known of it
     * @param before run before anything is stored; where it throws, nothing is, and the session's disk work has failed
     */
    public void begin(WantedFile wanted, DiskWork.Task before) {
        charge(FILE_COST_BYTES);
        current = wanted.length() <= SHORT_BYTES ? new ShortFile(wanted, before) : new LongFile(wanted, before);
    }

    /** Begins a file that is read to its end and thrown away. */
    public void beginUnwanted(SkippedFile why) {
        charge(FILE_COST_BYTES);
        current = new Unwanted(why);
    }

    /** Takes the next piece, and its buffer. */
    public void content(ByteBuf piece) {
        Reception reception = current;
        if (reception == null) {
            piece.release();
            return;
        }
        reception.content(piece);
    }

    /**
     * Ends the file.
     *
     * @param md5Hex the checksum that came with it, on a level that has one
     * @param then told on the owner thread what became of it
     */
    public void end(Optional<String> md5Hex, Consumer<ReceiveResult> then) {
        Reception reception = current;
        current = null;
        if (reception != null) {
            reception.end(md5Hex, then);
        }
    }

    /** Throws away a file that has not ended. */
    public void abandon() {
        Reception reception = current;
        current = null;
        if (reception != null) {
            reception.abandon();
        }
    }

    private void charge(int bytes) {
        if (waitingBytes.addAndGet(bytes) > highWaterBytes && !holding) {
            holding = true;
            mailbox.hold();
        }
    }

    /** Takes note on any thread that bytes wait no more; only that which matters is told to the owner. */
    private void done(int bytes) {
        int left = waitingBytes.addAndGet(-bytes);
        if (left <= lowWaterBytes && left + bytes > lowWaterBytes) {
            work.files().tell(this::goOn);
        }
    }

    private static int costOf(ByteBuf piece) {
        return Math.max(piece.readableBytes(), PIECE_COST_BYTES);
    }

    private void goOn() {
        if (holding && waitingBytes.get() <= lowWaterBytes) {
            holding = false;
            mailbox.release();
        }
    }

    private void finished(ReceiveResult result, Consumer<ReceiveResult> then) {
        done(FILE_COST_BYTES);
        work.files().tell(() -> {
            then.accept(result);
            mailbox.flush();
        });
    }

    private void arrived(ArrivedFile file, WantedFile wanted, long bytes, Consumer<ReceiveResult> then) {
        arrivals.add(new Arrival(file, wanted, bytes, then));
        done(FILE_COST_BYTES - arrivedCostBytes);
        // One for each arrival, though the first may do the work of all: so none is left when the stage is through.
        work.seals().run(this::seal);
    }

    private void seal() {
        List<Arrival> together = new ArrayList<>();
        long bytes = 0;
        while (together.size() < maxTogether && bytes < MAX_BYTES_TOGETHER) {
            Arrival next = arrivals.poll();
            if (next == null) {
                break;
            }
            together.add(next);
            bytes += next.bytes();
        }
        if (!together.isEmpty()) {
            List<ArrivedFile> files = together.stream().map(Arrival::file).toList();
            store.seal(files);
            work.commits().run(() -> commit(together, files));
        }
    }

    private void commit(List<Arrival> together, List<ArrivedFile> files) {
        store.commit(files);
        List<ReceiveResult> results = together.stream().map(this::result).toList();
        done(arrivedCostBytes * together.size());
        work.files().tell(() -> {
            for (int i = 0; i < results.size(); i++) {
                together.get(i).then().accept(results.get(i));
            }
            mailbox.flush();
        });
    }

    private ReceiveResult result(Arrival arrival) {
        try {
            return new ReceiveResult.Stored(arrival.bytes(), arrival.file().result());
        } catch (IOException e) {
            return new ReceiveResult.Skipped(store.skipped(arrival.wanted().path(), e));
        }
    }

    /**
     * A file that is to be stored.
     *
     * @param path its place below the store's root
     * @param expected what was listed there, empty if nothing was; a file that is another one by now is not replaced
     * @param mtimeMillis the time to give it
     * @param length how many bytes will come
     */
    public record WantedFile(RelativePath path, Optional<FileEntry> expected, long mtimeMillis, long length) {}

    /** A file that has come whole and is to be committed. */
    private record Arrival(ArrivedFile file, WantedFile wanted, long bytes, Consumer<ReceiveResult> then) {}

    /** One file on its way. The owner thread calls; what blocks runs in the stages. */
    private sealed interface Reception {

        void content(ByteBuf piece);

        void end(Optional<String> md5Hex, Consumer<ReceiveResult> then);

        void abandon();
    }

    private final class Unwanted implements Reception {

        private final SkippedFile why;

        Unwanted(SkippedFile why) {
            this.why = why;
        }

        @Override
        public void content(ByteBuf piece) {
            int bytes = piece.readableBytes();
            charge(bytes);
            piece.release();
            // In turn with the files before it, so that a peer that sends nothing else is no faster than the disk.
            work.files().run(() -> done(bytes));
        }

        @Override
        public void end(Optional<String> md5Hex, Consumer<ReceiveResult> then) {
            work.files().run(() -> finished(new ReceiveResult.Skipped(why), then));
        }

        @Override
        public void abandon() {}
    }

    private final class ShortFile implements Reception {

        private final WantedFile wanted;
        private final DiskWork.Task before;
        private @Nullable ByteBuf whole;

        ShortFile(WantedFile wanted, DiskWork.Task before) {
            this.wanted = wanted;
            this.before = before;
        }

        @Override
        public void content(ByteBuf piece) {
            if (whole == null && piece.readableBytes() == wanted.length()) {
                whole = piece;
                return;
            }
            // Each piece keeps the buffer that it was read into: of a peer that drips, thousands.
            try {
                if (whole == null) {
                    whole = piece.alloc().ioBuffer((int) wanted.length());
                }
                whole.writeBytes(piece);
            } finally {
                piece.release();
            }
        }

        @Override
        public void end(Optional<String> md5Hex, Consumer<ReceiveResult> then) {
            // Not before: while it is collected it waits for the peer, who would then wait for it.
            charge(whole == null ? 0 : whole.readableBytes());
            work.files().run(() -> store(md5Hex, then));
        }

        private void store(Optional<String> md5Hex, Consumer<ReceiveResult> then) throws Exception {
            ByteBuf collected = whole == null ? Unpooled.EMPTY_BUFFER : whole;
            int bytes = collected.readableBytes();
            try {
                before.run();
                store(collected, md5Hex, then);
            } finally {
                collected.release();
                done(bytes);
            }
        }

        private void store(ByteBuf collected, Optional<String> md5Hex, Consumer<ReceiveResult> then) {
            try {
                List<ByteBuffer> content = List.of(collected.nioBuffers());
                if (checksum == Checksum.MD5 && !md5Hex.equals(Optional.of(Md5.hexOf(content)))) {
                    finished(new ReceiveResult.Corrupt(), then);
                    return;
                }
                ArrivedFile file = store.receiveWhole(wanted.path(), wanted.expected(), content, wanted.mtimeMillis());
                arrived(file, wanted, wanted.length(), then);
            } catch (IOException e) {
                finished(new ReceiveResult.Skipped(store.skipped(wanted.path(), e)), then);
            }
        }

        @Override
        public void abandon() {
            if (whole != null) {
                whole.release();
            }
        }
    }

    /** The file and its digest belong to their stages. */
    private final class LongFile implements Reception {

        private final WantedFile wanted;
        private final @Nullable Md5 md5 = checksum == Checksum.MD5 ? new Md5() : null;
        private @Nullable IncomingFile file;
        private @Nullable SkippedFile skipped;
        private long bytes;

        LongFile(WantedFile wanted, DiskWork.Task before) {
            this.wanted = wanted;
            work.files().run(() -> {
                before.run();
                open();
            });
        }

        private void open() {
            try {
                file = store.receive(wanted.path(), wanted.expected());
            } catch (IOException e) {
                skip(e);
            }
        }

        @Override
        public void content(ByteBuf piece) {
            charge(costOf(piece));
            Md5 digest = md5;
            if (digest == null) {
                work.files().run(() -> write(piece, new AtomicInteger(1)));
                return;
            }
            AtomicInteger users = new AtomicInteger(2);
            work.digests().run(() -> {
                digest.update(piece.nioBuffer());
                letGo(piece, users);
            });
            work.files().run(() -> write(piece, users));
        }

        private void write(ByteBuf piece, AtomicInteger users) {
            IncomingFile target = file;
            try {
                if (target != null) {
                    bytes += piece.readableBytes();
                    target.write(piece.nioBuffer());
                }
            } catch (IOException e) {
                skip(e);
            } finally {
                letGo(piece, users);
            }
        }

        private void letGo(ByteBuf piece, AtomicInteger users) {
            if (users.decrementAndGet() == 0) {
                int cost = costOf(piece);
                piece.release();
                done(cost);
            }
        }

        @Override
        public void end(Optional<String> md5Hex, Consumer<ReceiveResult> then) {
            Md5 digest = md5;
            if (digest == null) {
                work.files().run(() -> finish(true, then));
            } else {
                work.digests().run(() -> {
                    boolean same = md5Hex.equals(Optional.of(digest.hex()));
                    work.files().run(() -> finish(same, then));
                });
            }
        }

        private void finish(boolean intact, Consumer<ReceiveResult> then) {
            IncomingFile target = file;
            if (target != null && !intact) {
                discard();
                finished(new ReceiveResult.Corrupt(), then);
                return;
            }
            try {
                if (target != null) {
                    arrived(target.arrived(wanted.mtimeMillis()), wanted, bytes, then);
                    return;
                }
            } catch (IOException e) {
                skip(e);
            }
            finished(new ReceiveResult.Skipped(whySkipped()), then);
        }

        @Override
        public void abandon() {
            work.files().run(this::discard);
        }

        private void discard() {
            IncomingFile target = file;
            file = null;
            if (target != null) {
                try {
                    target.close();
                } catch (IOException e) {
                    // A temp file that can't be deleted now is the store's to delete when it closes.
                    return;
                }
            }
        }

        private void skip(IOException cause) {
            skipped = store.skipped(wanted.path(), cause);
            discard();
        }

        private SkippedFile whySkipped() {
            SkippedFile why = skipped;
            if (why == null) {
                throw new IllegalStateException("finished before it was opened");
            }
            return why;
        }
    }
}
