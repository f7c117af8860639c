package org.sksync.testkit;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;

/**
 * One whole session that was recorded between real peers, with both trees as they were before and after it.
 *
 * @param name what the session shows
 * @param protocol the greeting without its line feed: {@code sksync 1} or {@code pysksync 2}
 * @param syncType the type by its name in sksync.json, such as {@code bidirectional_use_time}
 * @param recursive whether sub-directories took part
 * @param authenticated whether an SRP login came first
 * @param exit the recorded client's exit code
 * @param serverBefore the server's tree before the session, by names with {@code /} between their parts
 * @param clientBefore the client's tree before the session
 * @param serverAfter the server's tree after the session
 * @param clientAfter the client's tree after the session
 * @param exchange what was said, in order; neighbours may have the same side
 */
public record Transcript(
        String name,
        String protocol,
        String syncType,
        boolean recursive,
        boolean authenticated,
        int exit,
        Map<String, TreeFile> serverBefore,
        Map<String, TreeFile> clientBefore,
        Map<String, TreeFile> serverAfter,
        Map<String, TreeFile> clientAfter,
        List<Turn> exchange) {
    /** Copies the trees and the exchange. */
    public Transcript {
        serverBefore = TreeFixture.sorted(serverBefore);
        clientBefore = TreeFixture.sorted(clientBefore);
        serverAfter = TreeFixture.sorted(serverAfter);
        clientAfter = TreeFixture.sorted(clientAfter);
        exchange = List.copyOf(exchange);
    }

    /** Returns everything that one side said, joined. */
    public byte[] said(Side side) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (Turn turn : exchange) {
            if (turn.side() == side) {
                joined.writeBytes(turn.bytes());
            }
        }
        return joined.toByteArray();
    }

    /** Returns name and level, short enough for the name of a parameterised test. */
    @Override
    public String toString() {
        return name + " [" + protocol + ']';
    }

    /** Bytes that one side sent before the other answered. */
    public static final class Turn {
        private static final int SHOWN_BYTES = 200;

        private final Side side;
        private final byte[] bytes;

        Turn(Side side, byte[] bytes) {
            this.side = side;
            this.bytes = bytes;
        }

        /** Returns the side that sent the bytes. */
        public Side side() {
            return side;
        }

        /** Returns a copy of the bytes. */
        public byte[] bytes() {
            return bytes.clone();
        }

        @Override
        public String toString() {
            return side + " " + Quoted.start(bytes, SHOWN_BYTES);
        }
    }
}
