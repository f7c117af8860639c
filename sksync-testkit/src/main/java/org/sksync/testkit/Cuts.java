package org.sksync.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Way to cut a message into the pieces that are written one by one. Immutable; the same bytes are always cut at the
 * same places. Its text names the seed, so that a failure that shows it can be repeated.
 */
public abstract class Cuts {
    /** The whole message in one write. */
    public static final Cuts WHOLE = new Cuts("whole messages") {
        @Override
        int pieceLength(Random random, int left) {
            return left;
        }
    };

    /** Each byte in a write of its own. Over a socket the receiver may still find several together. */
    public static final Cuts BYTE_BY_BYTE = new Cuts("byte by byte") {
        @Override
        int pieceLength(Random random, int left) {
            return 1;
        }
    };

    private static final int SHORT_PIECE = 4;
    private static final int MEDIUM_PIECE = 200;

    private final String text;
    private final long seed;

    private Cuts(String text) {
        this(text, 0);
    }

    private Cuts(String text, long seed) {
        this.text = text;
        this.seed = seed;
    }

    /** Returns cuts at random places: many pieces of a few bytes, some of hundreds, some to the end. */
    public static Cuts random(long seed) {
        return new Cuts("random cuts, seed " + seed, seed) {
            @Override
            int pieceLength(Random random, int left) {
                int longest =
                        switch (random.nextInt(8)) {
                            case 0 -> left;
                            case 1, 2 -> MEDIUM_PIECE;
                            default -> SHORT_PIECE;
                        };
                return 1 + random.nextInt(Math.min(longest, left));
            }
        };
    }

    /** Returns cuts in two at the same place of every message that is longer. */
    public static Cuts at(int firstBytes) {
        if (firstBytes <= 0) {
            throw new IllegalArgumentException("firstBytes: " + firstBytes + " (expected: 1 or more)");
        }
        return new Cuts("cut after byte " + firstBytes) {
            @Override
            public List<byte[]> cut(byte[] message) {
                return message.length <= firstBytes
                        ? WHOLE.cut(message)
                        : List.of(
                                Arrays.copyOf(message, firstBytes),
                                Arrays.copyOfRange(message, firstBytes, message.length));
            }

            @Override
            int pieceLength(Random random, int left) {
                return left;
            }
        };
    }

    /** Returns the pieces in order; none is empty, joined they are the message. No pieces for an empty message. */
    public List<byte[]> cut(byte[] message) {
        Random random = new Random(seed ^ Arrays.hashCode(message));
        List<byte[]> pieces = new ArrayList<>();
        int at = 0;
        while (at < message.length) {
            int end = at + pieceLength(random, message.length - at);
            pieces.add(Arrays.copyOfRange(message, at, end));
            at = end;
        }
        return pieces;
    }

    /** Returns a length of 1..left bytes. */
    abstract int pieceLength(Random random, int left);

    @Override
    public final String toString() {
        return text;
    }
}
