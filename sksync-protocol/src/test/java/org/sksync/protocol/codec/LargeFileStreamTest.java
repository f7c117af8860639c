package org.sksync.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.protocol.message.FileEnd;
import org.sksync.protocol.message.FileOffer;
import org.sksync.protocol.message.FileReply;
import org.sksync.protocol.message.OffersEnd;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.message.WireName;
import org.sksync.testkit.NoLeaks;

/** Content passes through in the pieces that it comes in, however long the file. */
@ExtendWith(NoLeaks.class)
class LargeFileStreamTest {

    private static final int PIECE_BYTES = 1 << 20;
    private static final FileEnd END = new FileEnd(Optional.empty());

    @ParameterizedTest
    @ValueSource(longs = {1, 2, (1L << 31) - 1, 1L << 31, (1L << 32) + 1})
    void passesAClientsFile(long length) {
        try (WireEnd server = WireEnd.server()) {
            server.feed("sksync 1\n0\n0\n/s\n/c\n1000 a\n\n" + length + "\n");
            assertThat(server.messages()).endsWith(new FileReply(length));

            assertThat(streamed(server, length)).isEqualTo(length);
            server.feed("0\n");

            assertThat(server.errors()).isEmpty();
            assertThat(server.messages()).endsWith(new FileReply(length), END, new FileReply(0), END);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, (1L << 31) - 1, 1L << 31, (1L << 32) + 1})
    void passesAServersFile(long length) {
        FileOffer offer = new FileOffer(new WireName("a"), 1000, length);
        try (WireEnd client = WireEnd.client(ProtocolLevel.SKSYNC_1, Opening.GREETING)) {
            client.feed("Protocol Established\n\na\n1000\n" + length + "\n");
            assertThat(client.messages()).endsWith(offer);

            assertThat(streamed(client, length)).isEqualTo(length);
            client.feed("\n");

            assertThat(client.errors()).isEmpty();
            assertThat(client.messages()).endsWith(offer, END, new OffersEnd());
        }
    }

    @Test
    void leavesTheBytesBehindTheContentToTheNextLine() {
        try (WireEnd server = WireEnd.server()) {
            server.feed("sksync 1\n0\n0\n/s\n/c\n1000 a\n\n3\n");

            server.feed("abc0\n");

            assertThat(server.messages())
                    .endsWith(new FileReply(3), new WireEnd.Content("abc"), END, new FileReply(0), END);
        }
    }

    /** Feeds so many bytes, the same buffer again and again; returns how many came out as content. */
    private static long streamed(WireEnd end, long length) {
        ByteBuf piece = PooledByteBufAllocator.DEFAULT.directBuffer(PIECE_BYTES).writeZero(PIECE_BYTES);
        try {
            long came = 0;
            for (long left = length; left > 0; left -= PIECE_BYTES) {
                came += end.contentBytesOf(piece.retainedSlice(0, (int) Math.min(left, PIECE_BYTES)));
                assertThat(piece.refCnt()).as("holders of the piece").isEqualTo(1);
            }
            return came;
        } finally {
            piece.release();
        }
    }
}
