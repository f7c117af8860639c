package org.sksync.protocol.codec;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.sksync.protocol.message.WireName;
import org.sksync.protocol.session.SyncProtocolException;
import org.sksync.protocol.session.SyncProtocolException.Reason;

/** Takes lines out of a growing buffer and reads the wire's fields from them; one for each connection. */
final class LineReader {

    private static final int MAX_DIGITS = 19;
    private static final int USUAL_BYTES = 256;

    // The first and the last millisecond of the years 1 to 9999: what every platform and every peer can still show.
    private static final long MIN_TIME_MILLIS = -62_135_596_800_000L;
    private static final long MAX_TIME_MILLIS = 253_402_300_799_999L;

    private final CharsetDecoder ascii = strict(StandardCharsets.US_ASCII);
    private CharsetDecoder names = ascii;
    private final byte[] copy = new byte[USUAL_BYTES];
    private int scannedBytes;

    /** Sets the encoding of names and paths. */
    void nameCharset(Charset charset) {
        names = strict(charset);
    }

    /**
     * Returns the next line without its line feed, or null where it has not arrived whole. The line is a view of
     * {@code in}, valid until the next call.
     *
     * @throws SyncProtocolException as soon as the line is longer than {@code maxBytes}, whole or not
     */
    @Nullable
    ByteBuf read(ByteBuf in, int maxBytes, String field) throws SyncProtocolException {
        int start = in.readerIndex();
        int end = in.indexOf(start + scannedBytes, in.writerIndex(), (byte) '\n');
        int length = (end < 0 ? in.writerIndex() : end) - start;
        if (length > maxBytes) {
            throw new SyncProtocolException(
                    Reason.LINE_TOO_LONG, field + ": longer than a line may be (expected: <= " + maxBytes + " bytes)");
        }
        if (end < 0) {
            scannedBytes = length;
            return null;
        }
        scannedBytes = 0;
        ByteBuf line = in.readSlice(length);
        in.skipBytes(1);
        return line;
    }

    /** Returns a line of the protocol's own tokens; bytes beyond ASCII are an error. */
    String token(ByteBuf line, String field) throws SyncProtocolException {
        return decode(line, ascii, field);
    }

    /** Returns the rest of a line in the level's encoding. */
    String name(ByteBuf line, String field) throws SyncProtocolException {
        return decode(line, names, field);
    }

    /** Returns the rest of a line as a file's name. */
    WireName wireName(ByteBuf line, String field) throws SyncProtocolException {
        String text = name(line, field);
        try {
            return new WireName(text);
        } catch (IllegalArgumentException e) {
            throw new SyncProtocolException(
                    Reason.BAD_NAME,
                    field + ": " + SyncProtocolException.excerpt(text) + " "
                            + WireName.whyNot(text).orElseThrow());
        }
    }

    /** Returns a whole line as a number: digits alone, no sign, at most {@code max}. */
    long length(ByteBuf line, String field, long max) throws SyncProtocolException {
        long value = number(line, line.readableBytes(), field);
        if (value > max) {
            throw new SyncProtocolException(Reason.OUT_OF_RANGE, field + ": " + value + " (expected: 0.." + max + ")");
        }
        return value;
    }

    /**
     * Returns the next {@code bytes} of a line as a time in milliseconds, within the years 1 to 9999 in UTC: digits, a
     * minus before them or not.
     */
    long time(ByteBuf line, int bytes, String field) throws SyncProtocolException {
        boolean negative = bytes > 0 && line.getByte(line.readerIndex()) == '-';
        if (negative) {
            line.skipBytes(1);
        }
        long value = number(line, negative ? bytes - 1 : bytes, field);
        long millis = negative ? -value : value;
        if (millis < MIN_TIME_MILLIS || millis > MAX_TIME_MILLIS) {
            throw new SyncProtocolException(
                    Reason.OUT_OF_RANGE,
                    field + ": " + millis + " (expected: " + MIN_TIME_MILLIS + ".." + MAX_TIME_MILLIS
                            + ", the years 1 to 9999)");
        }
        return millis;
    }

    private long number(ByteBuf line, int bytes, String field) throws SyncProtocolException {
        if (bytes == 0 || bytes > MAX_DIGITS) {
            throw malformed(line, field, "1.." + MAX_DIGITS + " decimal digits");
        }
        line.getBytes(line.readerIndex(), copy, 0, bytes);
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            int digit = copy[i] - '0';
            if (digit < 0 || digit > 9) {
                throw malformed(line, field, "decimal digits");
            }
            value = value * 10 + digit;
            if (value < 0) {
                throw new SyncProtocolException(
                        Reason.OUT_OF_RANGE, field + ": larger than 9223372036854775807 (expected: a 64-bit number)");
            }
        }
        line.skipBytes(bytes);
        return value;
    }

    SyncProtocolException malformed(ByteBuf line, String field, String expected) {
        String actual = line.toString(StandardCharsets.ISO_8859_1);
        return new SyncProtocolException(
                Reason.MALFORMED_FIELD,
                field + ": " + SyncProtocolException.excerpt(actual) + " (expected: " + expected + ")");
    }

    private String decode(ByteBuf line, CharsetDecoder decoder, String field) throws SyncProtocolException {
        int length = line.readableBytes();
        byte[] bytes = length <= copy.length ? copy : new byte[length];
        line.getBytes(line.readerIndex(), bytes, 0, length);
        if (isAscii(bytes, length)) {
            return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        }
        try {
            return decoder.decode(ByteBuffer.wrap(bytes, 0, length)).toString();
        } catch (CharacterCodingException e) {
            throw new SyncProtocolException(
                    Reason.BAD_ENCODING,
                    field + ": bytes that are not " + decoder.charset() + " (expected: text in that encoding)");
        }
    }

    private static boolean isAscii(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private static CharsetDecoder strict(Charset charset) {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }
}
