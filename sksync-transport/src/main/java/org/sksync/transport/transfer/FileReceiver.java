package org.sksync.transport.transfer;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sksync.files.path.RelativePath;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.SkippedFile;
import org.sksync.files.store.CommitResult;
import org.sksync.files.store.IncomingFile;
import org.sksync.files.store.TreeStore;
import org.sksync.protocol.message.ProtocolLevel.Checksum;

/**
 * Writes the files that a peer sends, one after the other: begin, any number of pieces, end. At most {@value
 * #HIGH_WATER_BYTES} bytes wait for the disk; beyond that the mailbox is held and the peer's own sending stalls.
 *
 * <p>A file that the disk refuses is read to its end and reported as skipped, so that the session goes on with the
 * next one. Owner thread only.
 */
public final class FileReceiver {

    private static final int HIGH_WATER_BYTES = 128 * 1024;
    private static final int LOW_WATER_BYTES = 32 * 1024;
    /** What a file costs beside its content: an empty one waits for the disk too. */
    private static final int FILE_COST_BYTES = 4 * 1024;

    private final Mailbox<?> mailbox;
    private final DiskWork disk;
    private final Checksum checksum;
    private @Nullable Reception current;
    private int waitingBytes;
    private boolean holding;

    /** Creates a receiver for one session. */
    public FileReceiver(Mailbox<?> mailbox, DiskWork disk, Checksum checksum) {
        this.mailbox = mailbox;
        this.disk = disk;
        this.checksum = checksum;
    }

    /**
     * Begins a file.
     *
     * @param path its place below the store's root
     * @param expected what was listed there, empty if nothing was; a file that is another one by now is not replaced
     * @param mtimeMillis the time to give it
     */
    public void begin(TreeStore store, RelativePath path, Optional<FileEntry> expected, long mtimeMillis) {
        begin(store, path, expected, mtimeMillis, () -> {});
    }

    /**
     * Begins a file as {@link #begin(TreeStore, RelativePath, Optional, long)} does.
     *
     * @param before run before anything is stored; where it throws, nothing is, and the session's disk work has failed
     */
    public void begin(
            TreeStore store, RelativePath path, Optional<FileEntry> expected, long mtimeMillis, DiskWork.Task before) {
        Wanted reception = new Wanted(store, path, mtimeMillis, checksum == Checksum.MD5 ? new Md5() : null);
        current = reception;
        charge(FILE_COST_BYTES);
        disk.run(() -> {
            before.run();
            reception.open(expected);
        });
    }

    /** Begins a file that is read to its end and thrown away. */
    public void beginUnwanted(SkippedFile why) {
        current = new Unwanted(why);
        charge(FILE_COST_BYTES);
    }

    /** Takes the next piece, and its buffer. */
    public void content(ByteBuf piece) {
        Reception reception = current;
        if (reception == null) {
            piece.release();
            return;
        }
        int bytes = piece.readableBytes();
        charge(bytes);
        disk.run(
                () -> {
                    try {
                        reception.write(piece.nioBuffer());
                    } finally {
                        piece.release();
                    }
                    return bytes;
                },
                this::written);
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
            disk.run(() -> reception.finish(md5Hex), result -> {
                written(FILE_COST_BYTES);
                then.accept(result);
            });
        }
    }

    /** Throws away a file that has not ended. */
    public void abandon() {
        Reception reception = current;
        current = null;
        if (reception != null) {
            disk.run(reception::discard);
        }
    }

    private void charge(int bytes) {
        waitingBytes += bytes;
        if (waitingBytes > HIGH_WATER_BYTES && !holding) {
            holding = true;
            mailbox.hold();
        }
    }

    private void written(int bytes) {
        waitingBytes -= bytes;
        if (holding && waitingBytes <= LOW_WATER_BYTES) {
            holding = false;
            mailbox.release();
        }
    }

    /** One file on its way; used by the session's disk work alone, one task after the other. */
    private sealed interface Reception {

        void write(ByteBuffer piece);

        ReceiveResult finish(Optional<String> md5Hex);

        void discard();
    }

    private record Unwanted(SkippedFile why) implements Reception {
        @Override
        public void write(ByteBuffer piece) {}

        @Override
        public ReceiveResult finish(Optional<String> md5Hex) {
            return new ReceiveResult.Skipped(why);
        }

        @Override
        public void discard() {}
    }

    private static final class Wanted implements Reception {

        private final TreeStore store;
        private final RelativePath path;
        private final long mtimeMillis;
        private final @Nullable Md5 md5;
        private @Nullable IncomingFile file;
        private @Nullable SkippedFile skipped;
        private long bytes;

        Wanted(TreeStore store, RelativePath path, long mtimeMillis, @Nullable Md5 md5) {
            this.store = store;
            this.path = path;
            this.mtimeMillis = mtimeMillis;
            this.md5 = md5;
        }

        void open(Optional<FileEntry> expected) {
            try {
                file = store.receive(path, expected);
            } catch (IOException e) {
                skip(e);
            }
        }

        @Override
        public void write(ByteBuffer piece) {
            IncomingFile target = file;
            if (target == null) {
                return;
            }
            if (md5 != null) {
                md5.update(piece);
            }
            bytes += piece.remaining();
            try {
                target.write(piece);
            } catch (IOException e) {
                skip(e);
            }
        }

        @Override
        public ReceiveResult finish(Optional<String> md5Hex) {
            IncomingFile target = file;
            if (target == null) {
                return new ReceiveResult.Skipped(skipped());
            }
            if (md5 != null && !md5Hex.equals(Optional.of(md5.hex()))) {
                discard();
                return new ReceiveResult.Corrupt();
            }
            try {
                CommitResult result = target.commit(mtimeMillis);
                return new ReceiveResult.Stored(bytes, result == CommitResult.STORED);
            } catch (IOException e) {
                skip(e);
                return new ReceiveResult.Skipped(skipped());
            } finally {
                discard();
            }
        }

        @Override
        public void discard() {
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
            skipped = store.skipped(path, cause);
            discard();
        }

        private SkippedFile skipped() {
            SkippedFile why = skipped;
            if (why == null) {
                throw new IllegalStateException("finished before it was opened");
            }
            return why;
        }
    }
}
