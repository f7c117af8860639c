package org.sksync.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.testkit.Cuts;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.Side;
import org.sksync.testkit.Transcript;
import org.sksync.testkit.Transcripts;

/**
 * What a client makes of any bytes: messages, and at most one refusal, whatever way the bytes are cut. The first byte
 * of an input picks level and opening.
 */
class ServerMessageDecoderFuzzTest {

    private static final ProtocolLevel[] LEVELS = ProtocolLevel.values();
    private static final Opening[] OPENINGS = Opening.values();

    static Stream<byte[]> sessions() {
        Stream<byte[]> recorded = Transcripts.all().stream().map(ServerMessageDecoderFuzzTest::input);
        Stream<byte[]> made = WireSeeds.servers()
                .flatMap(said -> Stream.of(0, 1, 2, 3, 4, 5).map(choice -> WireSeeds.prefixed(choice, said)));
        return Stream.concat(recorded, made);
    }

    private static byte[] input(Transcript transcript) {
        ProtocolLevel level = ProtocolLevel.fromGreeting(transcript.protocol()).orElseThrow();
        Opening opening = transcript.authenticated() ? Opening.LOGIN : Opening.GREETING;
        int choice = Arrays.asList(LEVELS).indexOf(level)
                + LEVELS.length * Arrays.asList(OPENINGS).indexOf(opening);
        return WireSeeds.prefixed(choice, transcript.said(Side.SERVER));
    }

    @MethodSource("sessions")
    @FuzzTest
    void decodesOrRefuses(byte[] input) {
        if (input.length == 0) {
            return;
        }
        int choice = Byte.toUnsignedInt(input[0]) % (LEVELS.length * OPENINGS.length);
        ProtocolLevel level = LEVELS[choice % LEVELS.length];
        Opening opening = OPENINGS[choice / LEVELS.length];
        byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
        List<Object> messages;
        try (WireEnd whole = WireEnd.client(level, opening);
                WireEnd cut = WireEnd.client(level, opening)) {
            whole.feed(bytes);
            Cuts.random(bytes.length).cut(bytes).forEach(cut::feed);
            messages = whole.messages();
            WireSeeds.assertSameEnd(whole, cut);
        }
        assertSayableAgain(level, opening, messages);
        NoLeaks.check();
    }

    /** What was decoded can be encoded, and is then decoded to the same. */
    private static void assertSayableAgain(ProtocolLevel level, Opening opening, List<Object> messages) {
        try (WireEnd server = WireEnd.server().feed(level.greeting() + "\n");
                WireEnd client = WireEnd.client(level, opening)) {
            client.feed(server.encodeAll(messages));
            assertThat(client.errors()).isEmpty();
            assertThat(client.messages()).isEqualTo(messages);
        }
    }
}
