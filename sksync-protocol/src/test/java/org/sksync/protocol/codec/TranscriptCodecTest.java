package org.sksync.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sksync.protocol.codec.WireEnd.Content;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.testkit.Cuts;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.Side;
import org.sksync.testkit.Transcript;
import org.sksync.testkit.Transcripts;

/** Both sides of every recorded session decode to the same messages, whatever way the bytes are cut. */
@ExtendWith(NoLeaks.class)
class TranscriptCodecTest {

    private static final int RANDOM_CUTS = 50;

    static Stream<Arguments> sides() {
        return Transcripts.all().stream()
                .flatMap(transcript -> Stream.of(Side.values()).map(side -> Arguments.of(transcript, side)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("sides")
    void encodesToTheBytesThatWereDecoded(Transcript transcript, Side side) {
        byte[] said = transcript.said(side);

        byte[] again;
        try (WireEnd sender = sender(transcript, side)) {
            again = sender.encodeAll(messagesOf(transcript, side, List.of(said)));
        }

        assertThat(again).isEqualTo(side == Side.CLIENT ? withoutSecondEmptyLine(said) : said);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("sides")
    void decodesByteByByte(Transcript transcript, Side side) {
        byte[] said = transcript.said(side);

        assertThat(messagesOf(transcript, side, Cuts.BYTE_BY_BYTE.cut(said)))
                .isEqualTo(messagesOf(transcript, side, List.of(said)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("sides")
    void decodesInTwoPiecesCutAnywhere(Transcript transcript, Side side) {
        byte[] said = transcript.said(side);
        List<Object> whole = messagesOf(transcript, side, List.of(said));

        for (int cut = 1; cut < said.length; cut++) {
            List<byte[]> pieces = List.of(Arrays.copyOf(said, cut), Arrays.copyOfRange(said, cut, said.length));
            assertThat(messagesOf(transcript, side, pieces))
                    .as("cut at %d", cut)
                    .isEqualTo(whole);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("sides")
    void decodesAtRandomCuts(Transcript transcript, Side side) {
        byte[] said = transcript.said(side);
        List<Object> whole = messagesOf(transcript, side, List.of(said));
        long firstSeed = new Random().nextLong();

        for (int i = 0; i < RANDOM_CUTS; i++) {
            Cuts cuts = Cuts.random(firstSeed + i);
            assertThat(messagesOf(transcript, side, cuts.cut(said)))
                    .as(cuts.toString())
                    .isEqualTo(whole);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("sides")
    void decodesOnlyAPrefixWhenCutShortAnywhere(Transcript transcript, Side side) {
        byte[] said = transcript.said(side);
        List<Object> whole = messagesOf(transcript, side, List.of(said));

        for (int length = 0; length < said.length; length++) {
            List<Object> messages = messagesOf(transcript, side, List.of(Arrays.copyOf(said, length)));
            assertPrefix(messages, whole, length);
        }
    }

    private static void assertPrefix(List<Object> messages, List<Object> whole, int length) {
        assertThat(messages.size()).as("cut short at %d", length).isLessThanOrEqualTo(whole.size());
        int last = messages.size() - 1;
        for (int i = 0; i <= last; i++) {
            if (i == last && messages.get(i) instanceof Content part && whole.get(i) instanceof Content all) {
                assertThat(all.bytes()).as("cut short at %d", length).startsWith(part.bytes());
            } else {
                assertThat(messages.get(i)).as("cut short at %d", length).isEqualTo(whole.get(i));
            }
        }
    }

    /** Returns what the other side decodes; the connection ends after the last piece. */
    private static List<Object> messagesOf(Transcript transcript, Side side, List<byte[]> pieces) {
        try (WireEnd receiver = side == Side.CLIENT ? WireEnd.server() : client(transcript)) {
            pieces.forEach(receiver::feed);
            receiver.endInput();
            assertThat(receiver.errors()).isEmpty();
            return receiver.messages();
        }
    }

    private static WireEnd sender(Transcript transcript, Side side) {
        return side == Side.CLIENT ? client(transcript) : WireEnd.server().feed(transcript.protocol() + "\n");
    }

    private static WireEnd client(Transcript transcript) {
        return WireEnd.client(
                ProtocolLevel.fromGreeting(transcript.protocol()).orElseThrow(),
                transcript.authenticated() ? Opening.LOGIN : Opening.GREETING);
    }

    /** One recorded client ends an empty listing, the last thing that it says then, with two empty lines. */
    private static byte[] withoutSecondEmptyLine(byte[] said) {
        int length = said.length;
        boolean doubled = said[length - 1] == '\n' && said[length - 2] == '\n' && said[length - 3] == '\n';
        return doubled ? Arrays.copyOf(said, length - 1) : said;
    }
}
