package org.sksync.protocol.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.EncoderException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.protocol.message.FileContent;
import org.sksync.protocol.message.FileEnd;
import org.sksync.protocol.message.FileOffer;
import org.sksync.protocol.message.FileReply;
import org.sksync.protocol.message.FileRequest;
import org.sksync.protocol.message.ListedFile;
import org.sksync.protocol.message.ListingEnd;
import org.sksync.protocol.message.OffersEnd;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.message.Recursion;
import org.sksync.protocol.message.SyncRequest;
import org.sksync.protocol.message.SyncType;
import org.sksync.protocol.message.WireName;
import org.sksync.testkit.NoLeaks;

/** What the encoders do beyond the golden samples: encodings, refusals, content without a copy. */
@ExtendWith(NoLeaks.class)
class EncoderTest {

    @Test
    void writesNamesInTheLevelsEncoding() {
        ListedFile file = new ListedFile(0, new WireName("\u20ac"));
        try (WireEnd old = WireEnd.client(ProtocolLevel.SKSYNC_1, Opening.GREETING);
                WireEnd young = WireEnd.client(ProtocolLevel.PYSKSYNC_1, Opening.GREETING)) {
            assertThat(text(old.encode(file))).isEqualTo("0 \u0080\n");
            assertThat(text(young.encode(file))).isEqualTo("0 \u00e2\u0082\u00ac\n");
        }
    }

    @ParameterizedTest
    @CsvSource({"sksync 1, \u0080", "pysksync 1, \u00e2\u0082\u00ac", "pysksync 2, \u00e2\u0082\u00ac"})
    void writesAServersNamesInTheLevelThatTheClientPicked(String greeting, String bytes) {
        try (WireEnd server = WireEnd.server().feed(greeting + "\n")) {
            assertThat(text(server.encode(new FileRequest(new WireName("\u20ac")))))
                    .isEqualTo(bytes + "\n");
        }
    }

    @Test
    void refusesANameThatTheLevelCannotCarry() {
        FileRequest request = new FileRequest(new WireName("\u9152"));
        try (WireEnd server = WireEnd.server().feed("sksync 1\n")) {
            assertThatExceptionOfType(EncoderException.class)
                    .isThrownBy(() -> server.encode(request))
                    .withMessageContaining("windows-1252");
        }
    }

    @Test
    void refusesHalfOfASurrogatePair() {
        ListedFile file = new ListedFile(0, new WireName("\ud83d"));
        try (WireEnd client = WireEnd.client(ProtocolLevel.PYSKSYNC_2, Opening.GREETING)) {
            assertThatExceptionOfType(EncoderException.class).isThrownBy(() -> client.encode(file));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a\nb", "/\u9152"})
    void refusesAServerPathThatWouldArriveChanged(String path) {
        SyncRequest request = new SyncRequest(SyncType.FROM_SERVER_USE_TIME, Recursion.RECURSIVE, path, "/c");
        try (WireEnd client = WireEnd.client(ProtocolLevel.SKSYNC_1, Opening.GREETING)) {
            assertThatExceptionOfType(EncoderException.class).isThrownBy(() -> client.encode(request));
        }
    }

    @Test
    void putsQuestionMarksIntoAClientPathThatTheLevelCannotCarry() {
        SyncRequest request =
                new SyncRequest(SyncType.FROM_SERVER_USE_TIME, Recursion.RECURSIVE, "/s", "/\u9152\n\u00e4");
        try (WireEnd client = WireEnd.client(ProtocolLevel.SKSYNC_1, Opening.GREETING)) {
            assertThat(text(client.encode(request))).isEqualTo("2\n0\n/s\n/??\u00e4\n");
        }
    }

    @Test
    void writesNothingForAnEndWithoutChecksum() {
        FileEnd end = new FileEnd(Optional.empty());
        try (WireEnd client = WireEnd.client(ProtocolLevel.SKSYNC_1, Opening.GREETING);
                WireEnd server = WireEnd.server()) {
            assertThat(client.encode(end)).isEmpty();
            assertThat(server.encode(end)).isEmpty();
        }
    }

    @Test
    void writesLongContentWithoutACopy() {
        try (WireEnd client = WireEnd.client(ProtocolLevel.SKSYNC_1, Opening.GREETING)) {
            EmbeddedChannel channel = client.channel();
            ByteBuf content = channel.alloc().buffer().writeZero(4096);

            channel.writeOutbound(new FileContent(content));

            ByteBuf written = channel.readOutbound();
            assertThat(written).isSameAs(content);
            written.release();
        }
    }

    @Test
    void writesLinesAndShortContentAsOneBuffer() {
        try (WireEnd server = WireEnd.server().feed("pysksync 2\n")) {
            EmbeddedChannel channel = server.channel();

            channel.writeOutbound(
                    new FileOffer(new WireName("a"), 1000, 2),
                    new FileContent(channel.alloc().buffer().writeBytes(new byte[] {'h', 'i'})),
                    new FileEnd(Optional.of("49f68a5c8493ec2c0bf489821c21fc3b")),
                    new OffersEnd());

            ByteBuf written = channel.readOutbound();
            assertThat(written.toString(ISO_8859_1)).isEqualTo("a\n1000\n2\nhi49f68a5c8493ec2c0bf489821c21fc3b\n\n");
            written.release();
            assertThat(channel.<Object>readOutbound()).isNull();
        }
    }

    @Test
    void keepsTheOrderOfLinesAndLongContent() {
        byte[] longContent = "x".repeat(4096).getBytes(ISO_8859_1);
        try (WireEnd client = WireEnd.client(ProtocolLevel.SKSYNC_1, Opening.GREETING)) {
            EmbeddedChannel channel = client.channel();

            channel.write(new FileReply(4097));
            channel.write(new FileContent(channel.alloc().buffer().writeBytes(longContent)));
            channel.write(new FileContent(channel.alloc().buffer().writeBytes(new byte[] {'y'})));

            assertThat(text(client.encode(new FileReply(0)))).isEqualTo("4097\n" + "x".repeat(4096) + "y0\n");
        }
    }

    @Test
    void handsOnWhatIsCollectedBeforeItIsMuch() {
        try (WireEnd client = WireEnd.client(ProtocolLevel.SKSYNC_1, Opening.GREETING)) {
            EmbeddedChannel channel = client.channel();
            ListedFile file = new ListedFile(0, new WireName("n".repeat(200)));
            int collected = 0;
            while (channel.unsafe().outboundBuffer().totalPendingWriteBytes() == 0) {
                channel.write(file);
                collected += 203;
            }

            assertThat(collected).isBetween(8 * 1024, 32 * 1024);
            assertThat(client.encode(file)).hasSize(collected + 203);
        }
    }

    @Test
    void writesNothingOfAMessageThatItRefuses() {
        try (WireEnd server = WireEnd.server().feed("sksync 1\n")) {
            EmbeddedChannel channel = server.channel();
            channel.write(new FileRequest(new WireName("a")));
            ChannelFuture refused = channel.write(new FileOffer(new WireName("\u9152"), 0, 0));

            assertThat(refused.cause()).isInstanceOf(EncoderException.class);
            assertThat(text(server.encode(new FileRequest(new WireName("b"))))).isEqualTo("a\nb\n");
        }
    }

    @Test
    void letsGoOfWhatWasCollectedWhenTheChannelIsClosed() {
        try (WireEnd client = WireEnd.client(ProtocolLevel.SKSYNC_1, Opening.GREETING)) {
            client.channel().write(new ListingEnd());

            client.channel().close();

            assertThat(client.channel().<Object>readOutbound()).isNull();
        }
    }

    @Test
    void refusesLimitsThatAllowNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CodecLimits(0, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new CodecLimits(1, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new CodecLimits(1, 1, 0));
    }

    @Test
    void acceptsTheSmallestLimits() {
        assertThat(new CodecLimits(1, 1, 1).maxFileBytes()).isEqualTo(1);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }
}
