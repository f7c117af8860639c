package org.sksync.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.sksync.protocol.message.Greeting;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.testkit.Cuts;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.Side;
import org.sksync.testkit.Transcripts;

/** What a server makes of any bytes: messages, and at most one refusal, whatever way the bytes are cut. */
class ClientMessageDecoderFuzzTest {

    static Stream<byte[]> sessions() {
        return Stream.concat(
                Transcripts.all().stream().map(transcript -> transcript.said(Side.CLIENT)), WireSeeds.clients());
    }

    @MethodSource("sessions")
    @FuzzTest
    void decodesOrRefuses(byte[] bytes) {
        List<Object> messages;
        try (WireEnd whole = WireEnd.server();
                WireEnd cut = WireEnd.server()) {
            whole.feed(bytes);
            Cuts.random(bytes.length).cut(bytes).forEach(cut::feed);
            messages = whole.messages();
            WireSeeds.assertSameEnd(whole, cut);
        }
        assertSayableAgain(messages);
        NoLeaks.check();
    }

    /** What was decoded can be encoded, and is then decoded to the same. */
    private static void assertSayableAgain(List<Object> messages) {
        ProtocolLevel level = messages.stream()
                .filter(Greeting.class::isInstance)
                .map(greeting -> ((Greeting) greeting).level())
                .findFirst()
                .orElse(ProtocolLevel.PYSKSYNC_2);
        try (WireEnd client = WireEnd.client(level, Opening.GREETING);
                WireEnd server = WireEnd.server()) {
            server.feed(client.encodeAll(messages));
            assertThat(server.errors()).isEmpty();
            assertThat(server.messages()).isEqualTo(messages);
        }
    }
}
