package org.sksync.transport.transfer;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
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
 * Reads files and sends them, one after the other. At most {@value #PIECE_BYTES} bytes of a file are
 * in memory for a peer that does not read; for one that does, the next piece is read while the last one travels.
 *
 * <p>The last piece of a file is held back until the file has been looked at once more: a file that changed while it
 * was read is never sent whole.
 */
public final class FileSender {

    /** What a peer that does not read costs: nothing is read ahead for it. 500 of them hold less than 128 MB. */
    private static final int PIECE_BYTES = 96 * 1024;

    private final PeerLink link;
    private final DiskWork disk;
    private final Checksum checksum;
    private final IntConsumer onPiece;
    private @Nullable Dispatch current;

    /**
     * Creates a sender for one session.
     *
     * @param onPiece told on the owner thread of each piece's length, when it is handed to the link
     */
    public FileSender(PeerLink link, DiskWork disk, Checksum checksum, IntConsumer onPiece) {
        this.link = link;
        this.onPiece = onPiece;
        this.disk = disk;
        this.checksum = checksum;
    }

    /**
     * Sends a file; the one before it has ended.
     *
     * @param path its place below the store's root
     * @param head makes the message that announces the open file
     * @param then told on the owner thread what became of it
     */
    public void send(
            TreeStore store, RelativePath path, Function<OutgoingFile, Object> head, Consumer<SendResult> then) {
        Dispatch dispatch = new Dispatch(store, path, head, then);
        current = dispatch;
        disk.run(dispatch::open, piece -> arrived(dispatch, piece));
    }

    /** Goes on after the peer has caught up. */
    public void writable() {
        Dispatch dispatch = current;
        if (dispatch != null) {
            if (dispatch.waitsToRead && link.isWritable()) {
                readNext(dispatch);
            }
            pump(dispatch);
        }
    }

    /** Stops where it is; nothing may follow. */
    public void abandon() {
        Dispatch dispatch = current;
        current = null;
        if (dispatch != null) {
            dispatch.dropReady();
            disk.run(dispatch::close);
        }
    }

    private void arrived(Dispatch dispatch, Step step) {
        if (current != dispatch) {
            step.release();
            return;
        }
        dispatch.ready = step;
        pump(dispatch);
    }

    private void pump(Dispatch dispatch) {
        Step step = dispatch.ready;
        if (step == null || !link.isWritable()) {
            return;
        }
        dispatch.ready = null;
        if (step instanceof Step.Failed failed) {
            finish(
                    dispatch,
                    dispatch.headSent ? new SendResult.Broken(failed.why()) : new SendResult.NotSent(failed.why()));
        } else if (step instanceof Step.Content content) {
            deliver(dispatch, content);
        }
    }

    private void deliver(Dispatch dispatch, Step.Content content) {
        if (!dispatch.headSent) {
            dispatch.headSent = true;
            link.send(dispatch.head.apply(dispatch.openFile()));
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
            link.flush();
            finish(dispatch, new SendResult.Sent(dispatch.openFile().length()));
        } else {
            link.flush();
            if (link.isWritable()) {
                readNext(dispatch);
            } else {
                dispatch.waitsToRead = true;
            }
        }
    }

    private void readNext(Dispatch dispatch) {
        dispatch.waitsToRead = false;
        disk.run(dispatch::read, next -> arrived(dispatch, next));
    }

    private void finish(Dispatch dispatch, SendResult result) {
        current = null;
        dispatch.then.accept(result);
    }

    /** What one read of the file gave. */
    private sealed interface Step {

        void release();

        record Content(ByteBuf bytes, boolean last, Optional<String> md5Hex) implements Step {
            @Override
            public void release() {
                bytes.release();
            }
        }

        record Failed(SkippedFile why) implements Step {
            @Override
            public void release() {}
        }
    }

    /** One file on its way to the peer. {@code headSent}, {@code waitsToRead} and {@code ready} belong to the owner thread, the rest to the disk's. */
    private final class Dispatch {

        private final TreeStore store;
        private final RelativePath path;
        private final Function<OutgoingFile, Object> head;
        private final Consumer<SendResult> then;
        private final @Nullable Md5 md5 = checksum == Checksum.MD5 ? new Md5() : null;
        private boolean headSent;
        private boolean waitsToRead;
        private @Nullable Step ready;
        private @Nullable OutgoingFile file;
        private long remainingBytes;

        Dispatch(TreeStore store, RelativePath path, Function<OutgoingFile, Object> head, Consumer<SendResult> then) {
            this.store = store;
            this.path = path;
            this.head = head;
            this.then = then;
        }

        Step open() {
            try {
                OutgoingFile opened = store.openForSending(path);
                file = opened;
                remainingBytes = opened.length();
            } catch (IOException e) {
                return failed(store.skipped(path, e));
            }
            return read();
        }

        Step read() {
            int bytes = (int) Math.min(remainingBytes, PIECE_BYTES);
            ByteBuf piece = link.allocator().ioBuffer(Math.max(bytes, 1));
            try {
                fill(piece, bytes);
                boolean last = remainingBytes == 0;
                if (last && !openFile().unchanged()) {
                    return failed(new SkippedFile(path.text(), SkipReason.CHANGED, "changed while it was read"));
                }
                if (last) {
                    close();
                }
                return new Step.Content(
                        piece.retain(), last, last && md5 != null ? Optional.of(md5.hex()) : Optional.empty());
            } catch (IOException e) {
                return failed(store.skipped(path, e));
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
            OutgoingFile opened = file;
            if (opened == null) {
                throw new IllegalStateException("not open");
            }
            return opened;
        }

        private Step failed(SkippedFile why) {
            close();
            return new Step.Failed(why);
        }

        void dropReady() {
            if (ready != null) {
                ready.release();
                ready = null;
            }
        }

        void close() {
            if (file != null) {
                try {
                    file.close();
                } catch (IOException e) {
                    // It was only read; there is nothing to lose.
                    return;
                }
            }
        }
    }
}
