package org.sksync.protocol.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sksync.protocol.codec.WireEnd.Content;
import org.sksync.protocol.message.ChecksumChoice;
import org.sksync.protocol.message.ClientMessage;
import org.sksync.protocol.message.Established;
import org.sksync.protocol.message.FileContent;
import org.sksync.protocol.message.FileEnd;
import org.sksync.protocol.message.FileOffer;
import org.sksync.protocol.message.FileReply;
import org.sksync.protocol.message.FileRequest;
import org.sksync.protocol.message.Greeting;
import org.sksync.protocol.message.ListedFile;
import org.sksync.protocol.message.ListingEnd;
import org.sksync.protocol.message.LoginChallenge;
import org.sksync.protocol.message.LoginConfirmation;
import org.sksync.protocol.message.LoginProof;
import org.sksync.protocol.message.LoginStart;
import org.sksync.protocol.message.OffersEnd;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.message.Recursion;
import org.sksync.protocol.message.Refusal;
import org.sksync.protocol.message.RequestsEnd;
import org.sksync.protocol.message.ServerMessage;
import org.sksync.protocol.message.SyncRequest;
import org.sksync.protocol.message.SyncType;
import org.sksync.protocol.message.WireName;
import org.sksync.testkit.NoLeaks;

/** Every type of message has a golden sample that it is encoded to and decoded from. */
@ExtendWith(NoLeaks.class)
class MessageCoverageTest {

    private static final String MD5 = "5d41402abc4b2a76b9719d911017c592";
    private static final String LOGIN = "PYSKSYNC SRP START:616e6e61 1f2e\n";
    private static final String REQUEST = "pysksync 2\n0\n0\n/srv/b\u00c3\u00bccher\n/home/anna\n";
    private static final String LISTED = "1700000000000 a/\u00c3\u00a4.txt\n";

    /**
     * One message and its bytes.
     *
     * @param before what its side says before it
     * @param wire its bytes, one character for each
     * @param message the message; a file's content is a {@link Content}
     */
    record Sample(String before, String wire, Object message) {
        @Override
        public String toString() {
            return type().getSimpleName();
        }

        Class<?> type() {
            return message instanceof Content ? FileContent.class : message.getClass();
        }
    }

    static Stream<Sample> ofClients() {
        return Stream.of(
                new Sample("", LOGIN, new LoginStart("616e6e61", "1f2e")),
                new Sample(LOGIN, "abcd\n", new LoginProof("abcd")),
                new Sample("", "sksync 1\n", new Greeting(ProtocolLevel.SKSYNC_1)),
                new Sample("", "pysksync 1\n", new Greeting(ProtocolLevel.PYSKSYNC_1)),
                new Sample(LOGIN + "abcd\n", "pysksync 2\n", new Greeting(ProtocolLevel.PYSKSYNC_2)),
                new Sample(
                        "pysksync 2\n",
                        REQUEST.substring("pysksync 2\n".length()),
                        new SyncRequest(
                                SyncType.BIDIRECTIONAL_USE_TIME,
                                Recursion.RECURSIVE,
                                "/srv/b\u00fccher",
                                "/home/anna")),
                new Sample(REQUEST, LISTED, new ListedFile(1_700_000_000_000L, new WireName("a/\u00e4.txt"))),
                new Sample(REQUEST, "-1000 a\n", new ListedFile(-1000, new WireName("a"))),
                new Sample(REQUEST + LISTED, "\n", new ListingEnd()),
                new Sample(REQUEST + LISTED + "\n", "5\n", new FileReply(5)),
                new Sample(REQUEST + LISTED + "\n5\n", "hello", new Content("hello")),
                new Sample(REQUEST + LISTED + "\n5\nhello", MD5 + "\n", new FileEnd(Optional.of(MD5))));
    }

    static Stream<Sample> ofServers() {
        String established = "aa 1f\nbb\nProtocol Established\n";
        return Stream.of(
                new Sample("", "aa 1f\n", new LoginChallenge("aa", "1f")),
                new Sample("aa 1f\n", "bb\n", new LoginConfirmation("bb")),
                new Sample("aa 1f\n", "\n", new Refusal()),
                new Sample("aa 1f\nbb\n", "Protocol Established\n", new Established()),
                new Sample(established, "md5\n", new ChecksumChoice()),
                new Sample(
                        established + "md5\n", "a/\u00c3\u00a4.txt\n", new FileRequest(new WireName("a/\u00e4.txt"))),
                new Sample(established + "md5\na\n", "\n", new RequestsEnd()),
                new Sample(
                        established + "md5\n\n",
                        "b\n1700000000000\n5\n",
                        new FileOffer(new WireName("b"), 1_700_000_000_000L, 5)),
                new Sample(established + "md5\n\nb\n0\n5\n", "hello", new Content("hello")),
                new Sample(established + "md5\n\nb\n0\n5\nhello", MD5 + "\n", new FileEnd(Optional.of(MD5))),
                new Sample(established + "md5\n\n", "\n", new OffersEnd()));
    }

    @Test
    void everyClientMessageHasASample() {
        assertThat(ofClients().map(Sample::type)).contains(ClientMessage.class.getPermittedSubclasses());
    }

    @Test
    void everyServerMessageHasASample() {
        assertThat(ofServers().map(Sample::type)).contains(ServerMessage.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("ofClients")
    void decodesClientMessage(Sample sample) {
        try (WireEnd server = WireEnd.server()) {
            assertThat(decoded(server, sample)).isEqualTo(sample.message());
        }
    }

    @ParameterizedTest
    @MethodSource("ofServers")
    void decodesServerMessage(Sample sample) {
        try (WireEnd client = WireEnd.client(ProtocolLevel.PYSKSYNC_2, Opening.LOGIN)) {
            assertThat(decoded(client, sample)).isEqualTo(sample.message());
        }
    }

    @ParameterizedTest
    @MethodSource("ofClients")
    void encodesClientMessage(Sample sample) {
        try (WireEnd client = WireEnd.client(ProtocolLevel.PYSKSYNC_2, Opening.LOGIN)) {
            assertThat(client.encodeAll(List.of(sample.message())))
                    .isEqualTo(sample.wire().getBytes(ISO_8859_1));
        }
    }

    @ParameterizedTest
    @MethodSource("ofServers")
    void encodesServerMessage(Sample sample) {
        try (WireEnd server = WireEnd.server().feed("pysksync 2\n")) {
            assertThat(server.encodeAll(List.of(sample.message())))
                    .isEqualTo(sample.wire().getBytes(ISO_8859_1));
        }
    }

    private static Object decoded(WireEnd end, Sample sample) {
        end.feed(sample.before());
        int before = end.messages().size();

        end.feed(sample.wire());

        assertThat(end.errors()).isEmpty();
        assertThat(end.messages()).hasSize(before + 1);
        return end.messages().get(before);
    }
}
