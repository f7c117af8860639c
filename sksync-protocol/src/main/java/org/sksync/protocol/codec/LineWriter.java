package org.sksync.protocol.codec;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.EncoderException;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.sksync.protocol.message.AsciiText;
import org.sksync.protocol.message.WireName;

/** Writes the wire's lines and fields; each method returns the buffer that it was given. */
final class LineWriter {

    private static final byte LF = '\n';

    private LineWriter() {}

    static ByteBuf token(ByteBuf out, String line) {
        return out.writeBytes((line + '\n').getBytes(StandardCharsets.US_ASCII));
    }

    static ByteBuf number(ByteBuf out, long value) {
        return token(out, Long.toString(value));
    }

    static ByteBuf empty(ByteBuf out) {
        return out.writeByte(LF);
    }

    /**
     * Writes a name among what else stands on its line or lines, as one: a call for each part would cost more than the
     * bytes. Whoever made the message has asked {@code ProtocolLevel.canCarry} before.
     *
     * @param after what follows the name, its line feed first
     */
    static ByteBuf name(ByteBuf out, String before, WireName name, String after, Charset charset) {
        return encode(out, before + name.text() + after, charset, CodingErrorAction.REPORT);
    }

    /** Writes a path that must arrive as it is. */
    static ByteBuf path(ByteBuf out, String path, Charset charset) {
        if (path.indexOf('\n') >= 0) {
            throw new EncoderException("a line can't hold a line feed");
        }
        return encode(out, path + '\n', charset, CodingErrorAction.REPORT);
    }

    /** Writes text that the peer only logs; what the encoding lacks becomes a question mark. */
    static ByteBuf text(ByteBuf out, String text, Charset charset) {
        return encode(out, text.replace('\n', '?') + '\n', charset, CodingErrorAction.REPLACE);
    }

    private static ByteBuf encode(ByteBuf out, String lines, Charset charset, CodingErrorAction onUnmappable) {
        Optional<byte[]> ascii = AsciiText.bytesOf(lines);
        if (ascii.isPresent()) {
            return out.writeBytes(ascii.get());
        }
        try {
            return out.writeBytes(charset.newEncoder()
                    .onMalformedInput(onUnmappable)
                    .onUnmappableCharacter(onUnmappable)
                    .encode(CharBuffer.wrap(lines)));
        } catch (CharacterCodingException e) {
            throw new EncoderException("a name that " + charset + " can't carry", e);
        }
    }
}
