package org.sksync.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Prints how many seconds one core needs for the MD5 of a file, reading it not counted: the least that a transfer with
 * MD5 at its end can take. {@code bench/run.sh} starts it from its source, so it uses nothing but the JDK.
 */
public final class Md5Floor {

    private static final int PIECE_BYTES = 1 << 20;
    private static final long WARM_UP_BYTES = 256L << 20;

    private Md5Floor() {}

    /**
     * Runs it.
     *
     * @param arguments the file
     */
    public static void main(String[] arguments) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("MD5");
        ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
        for (long done = 0; done < WARM_UP_BYTES; done += PIECE_BYTES) {
            digest.update(piece.array());
        }
        digest.reset();
        long nanos = 0;
        try (FileChannel file = FileChannel.open(Path.of(arguments[0]))) {
            while (file.read(piece.clear()) > 0) {
                piece.flip();
                long before = System.nanoTime();
                digest.update(piece);
                nanos += System.nanoTime() - before;
            }
        }
        digest.digest();
        System.out.println(nanos / 1e9);
    }
}
