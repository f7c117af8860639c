package org.sksync.protocol.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.EncoderException;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.function.Consumer;
import org.sksync.protocol.message.WireName;

/** Writes the wire's lines and fields. */
final class LineWriter {

    private static final byte LF = '\n';

    private static final int INITIAL_BYTES = 64;

    private LineWriter() {}

    /** Returns a new buffer with what {@code lines} writes into it; none is left behind where that fails. */
    static ByteBuf write(ByteBufAllocator alloc, Consumer<ByteBuf> lines) {
        ByteBuf out = alloc.ioBuffer(INITIAL_BYTES);
        boolean written = false;
        try {
            lines.accept(out);
            written = true;
            return out;
        } finally {
            if (!written) {
                out.release();
            }
        }
    }

    static void token(ByteBuf out, String line) {
        ByteBufUtil.writeAscii(out, line);
        out.writeByte(LF);
    }

    static void number(ByteBuf out, long value) {
        token(out, Long.toString(value));
    }

    static void digits(ByteBuf out, long value) {
        ByteBufUtil.writeAscii(out, Long.toString(value));
    }

    static void empty(ByteBuf out) {
        out.writeByte(LF);
    }

    /** Writes a name; whoever made the message has asked {@code ProtocolLevel.canCarry} before. */
    static void name(ByteBuf out, WireName name, Charset charset) {
        encode(out, name.text(), charset, CodingErrorAction.REPORT);
    }

    /** Writes a path that must arrive as it is. */
    static void path(ByteBuf out, String path, Charset charset) {
        encode(out, path, charset, CodingErrorAction.REPORT);
    }

    /** Writes text that the peer only logs; what the encoding lacks becomes a question mark. */
    static void text(ByteBuf out, String text, Charset charset) {
        encode(out, text.replace('\n', '?'), charset, CodingErrorAction.REPLACE);
    }

    private static void encode(ByteBuf out, String text, Charset charset, CodingErrorAction onUnmappable) {
        if (text.indexOf('\n') >= 0) {
            throw new EncoderException("a line can't hold a line feed");
        }
        try {
            out.writeBytes(charset.newEncoder()
                    .onMalformedInput(onUnmappable)
                    .onUnmappableCharacter(onUnmappable)
                    .encode(CharBuffer.wrap(text)));
        } catch (CharacterCodingException e) {
            throw new EncoderException("a name that " + charset + " can't carry", e);
        }
        out.writeByte(LF);
    }
}
