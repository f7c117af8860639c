package org.sksync.protocol.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.EncoderException;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import org.sksync.protocol.message.WireName;

/** Writes the wire's lines and fields; each method returns the buffer that it was given. */
final class LineWriter {

    private static final byte LF = '\n';

    private LineWriter() {}

    static ByteBuf token(ByteBuf out, String line) {
        ByteBufUtil.writeAscii(out, line);
        return out.writeByte(LF);
    }

    static ByteBuf number(ByteBuf out, long value) {
        return token(out, Long.toString(value));
    }

    static ByteBuf digits(ByteBuf out, long value) {
        ByteBufUtil.writeAscii(out, Long.toString(value));
        return out;
    }

    static ByteBuf empty(ByteBuf out) {
        return out.writeByte(LF);
    }

    /** Writes a name; whoever made the message has asked {@code ProtocolLevel.canCarry} before. */
    static ByteBuf name(ByteBuf out, WireName name, Charset charset) {
        return encode(out, name.text(), charset, CodingErrorAction.REPORT);
    }

    /** Writes a path that must arrive as it is. */
    static ByteBuf path(ByteBuf out, String path, Charset charset) {
        return encode(out, path, charset, CodingErrorAction.REPORT);
    }

    /** Writes text that the peer only logs; what the encoding lacks becomes a question mark. */
    static ByteBuf text(ByteBuf out, String text, Charset charset) {
        return encode(out, text.replace('\n', '?'), charset, CodingErrorAction.REPLACE);
    }

    private static ByteBuf encode(ByteBuf out, String text, Charset charset, CodingErrorAction onUnmappable) {
        if (text.indexOf('\n') >= 0) {
            throw new EncoderException("a line can't hold a line feed");
        }
        if (isAscii(text)) {
            // The same bytes in each of the levels' encodings, without an encoder for each name.
            return token(out, text);
        }
        try {
            out.writeBytes(charset.newEncoder()
                    .onMalformedInput(onUnmappable)
                    .onUnmappableCharacter(onUnmappable)
                    .encode(CharBuffer.wrap(text)));
        } catch (CharacterCodingException e) {
            throw new EncoderException("a name that " + charset + " can't carry", e);
        }
        return out.writeByte(LF);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
