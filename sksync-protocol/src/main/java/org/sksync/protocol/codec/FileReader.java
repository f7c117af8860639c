package org.sksync.protocol.codec;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import org.sksync.protocol.message.FileContent;
import org.sksync.protocol.message.FileEnd;
import org.sksync.protocol.message.ProtocolLevel.Checksum;
import org.sksync.protocol.session.SyncProtocolException;

/** Hands on one file's content as it arrives, then its end; the part of the wire that is the same in both directions. */
final class FileReader {

    private static final int MD5_HEX_DIGITS = 32;

    private final LineReader lines;
    private final CodecLimits limits;
    private Checksum checksum = Checksum.NONE;
    private long remainingBytes;

    FileReader(LineReader lines, CodecLimits limits) {
        this.lines = lines;
        this.limits = limits;
    }

    void checksum(Checksum newChecksum) {
        checksum = newChecksum;
    }

    void begin(long length) {
        remainingBytes = length;
    }

    /** Reads on; true when the file's end was added to {@code out}, false when more bytes must come first. */
    boolean read(ByteBuf in, List<Object> out) throws SyncProtocolException {
        if (remainingBytes > 0) {
            int bytes = (int) Math.min(remainingBytes, in.readableBytes());
            if (bytes > 0) {
                out.add(new FileContent(in.readRetainedSlice(bytes)));
                remainingBytes -= bytes;
            }
            if (remainingBytes > 0) {
                return false;
            }
        }
        if (checksum == Checksum.NONE) {
            out.add(new FileEnd(Optional.empty()));
            return true;
        }
        ByteBuf line = lines.read(in, limits.maxControlLineBytes(), "checksum");
        if (line == null) {
            return false;
        }
        out.add(new FileEnd(Optional.of(md5(line))));
        return true;
    }

    private String md5(ByteBuf line) throws SyncProtocolException {
        boolean wellFormed = line.readableBytes() == MD5_HEX_DIGITS;
        for (int i = line.readerIndex(); wellFormed && i < line.writerIndex(); i++) {
            byte digit = line.getByte(i);
            wellFormed = (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f');
        }
        if (!wellFormed) {
            throw lines.malformed(line, "checksum", MD5_HEX_DIGITS + " lower-case hex digits");
        }
        return lines.token(line, "checksum");
    }
}
