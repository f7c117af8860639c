package org.sksync.transport.transfer;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A running MD5 over one file's content, as the wire writes it. */
final class Md5 {

    private final MessageDigest digest;

    Md5() {
        try {
            digest = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    /** Takes the bytes between position and limit; the buffer's position stays. */
    void update(ByteBuffer bytes) {
        digest.update(bytes.duplicate());
    }

    /** Returns the checksum of what lies between position and limit of the buffers, one after the other. */
    static String hexOf(List<ByteBuffer> content) {
        Md5 md5 = new Md5();
        content.forEach(md5::update);
        return md5.hex();
    }

    /** Returns the checksum in lower-case hex and begins anew. */
    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
