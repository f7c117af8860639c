package org.sksync.protocol.srp;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A checked user name: 1 to {@value #MAX_BYTES} bytes of UTF-8 without control characters and U+FFFD. Names are equal when their
 * bytes are; neither case nor Unicode form is changed.
 */
public final class UserName {

    /** The most bytes that a name may have in UTF-8. */
    public static final int MAX_BYTES = 255;

    private static final char LOST = '\ufffd';

    private final String value;

    private UserName(String value) {
        this.value = value;
    }

    /**
     * Checks a name from a configuration or a person.
     *
     * @throws SrpException {@link SrpException.Reason#BAD_USER_NAME} if it is empty, too long, not expressible in
     *     UTF-8, or holds a control character or U+FFFD
     */
    public static UserName of(String value) throws SrpException {
        check(value);
        return new UserName(value);
    }

    /**
     * Reads a name as it came over the wire.
     *
     * @throws SrpException {@link SrpException.Reason#BAD_USER_NAME} if the bytes are not well-formed UTF-8, or the
     *     name is none that {@link #of(String)} takes
     */
    public static UserName fromUtf8(byte[] bytes) throws SrpException {
        if (bytes.length > MAX_BYTES) {
            throw wrongLength(bytes.length);
        }
        try {
            return of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw bad("not well-formed UTF-8 (expected: UTF-8)");
        }
    }

    /** Returns the name's bytes in UTF-8, as the wire and the hashes use them. */
    public byte[] utf8() {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the name as text. */
    public String value() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UserName that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }

    private static void check(String value) throws SrpException {
        int length;
        try {
            length = StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(value))
                    .remaining();
        } catch (CharacterCodingException e) {
            throw bad("holds half a surrogate pair (expected: text that UTF-8 can carry)");
        }
        if (length == 0 || length > MAX_BYTES) {
            throw wrongLength(length);
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw bad("holds a control character (expected: none)");
        }
        // What stands for bytes that could not be read is the same for every name that was lost.
        if (value.indexOf(LOST) >= 0) {
            throw bad("holds U+FFFD, which stands for a character that could not be read (expected: text; where it was"
                    + " typed, set LC_ALL to a UTF-8 locale such as C.UTF-8)");
        }
    }

    private static SrpException wrongLength(int bytes) {
        return bad(bytes + " bytes in UTF-8 (expected: 1.." + MAX_BYTES + ")");
    }

    private static SrpException bad(String what) {
        return new SrpException(SrpException.Reason.BAD_USER_NAME, "user name: " + what);
    }
}
