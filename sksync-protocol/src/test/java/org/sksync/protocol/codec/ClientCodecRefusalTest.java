package org.sksync.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sksync.protocol.session.SyncProtocolException.Reason.BAD_ENCODING;
import static org.sksync.protocol.session.SyncProtocolException.Reason.LINE_TOO_LONG;
import static org.sksync.protocol.session.SyncProtocolException.Reason.MALFORMED_FIELD;
import static org.sksync.protocol.session.SyncProtocolException.Reason.OUT_OF_RANGE;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.protocol.message.ChecksumChoice;
import org.sksync.protocol.message.Established;
import org.sksync.protocol.message.FileEnd;
import org.sksync.protocol.message.FileOffer;
import org.sksync.protocol.message.FileRequest;
import org.sksync.protocol.message.LoginChallenge;
import org.sksync.protocol.message.LoginConfirmation;
import org.sksync.protocol.message.OffersEnd;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.message.Refusal;
import org.sksync.protocol.message.RequestsEnd;
import org.sksync.protocol.message.WireName;
import org.sksync.protocol.session.SyncProtocolException;
import org.sksync.protocol.session.SyncProtocolException.Reason;
import org.sksync.testkit.NoLeaks;

/** What a client refuses to read from a server, and what it reads in its place. */
@ExtendWith(NoLeaks.class)
class ClientCodecRefusalTest {

    private static final String HELLO = "Protocol Established\n";
    private static final String OFFERS = HELLO + "md5\n\n";
    private static final String MD5 = "5d41402abc4b2a76b9719d911017c592";
    private static final String ARABIC_FIVE = "\u00d9\u00a5";
    private static final String EARLIEST = "-62135596800000";
    private static final String LATEST = "253402300799999";
    private static final String ABOVE_MAX = "9223372036854775808";

    static Stream<Refused> logins() {
        return Stream.of(
                new Refused("one challenge field", "", "aa\n", MALFORMED_FIELD, "aa 1f\n"),
                new Refused("three challenge fields", "", "aa bb cc\n", MALFORMED_FIELD, "aa 1f\n"),
                new Refused("tab in the challenge", "", "aa\t1f\n", MALFORMED_FIELD, "aa 1f\n"),
                new Refused("challenge beyond ASCII", "", "\u00e4 1f\n", BAD_ENCODING, "aa 1f\n"),
                new Refused("confirmation beyond ASCII", "aa 1f\n", "\u00e4\n", BAD_ENCODING, "bb\n"));
    }

    static Stream<Refused> openings() {
        return Stream.of(
                new Refused("lower-case", "", "protocol established\n", MALFORMED_FIELD, HELLO),
                new Refused("CR", "", "Protocol Established\r\n", MALFORMED_FIELD, HELLO),
                new Refused("space", "", "Protocol Established \n", MALFORMED_FIELD, HELLO),
                new Refused("HTTP", "", "HTTP/1.1 400 Bad Request\r\n", MALFORMED_FIELD, HELLO),
                new Refused("another protocol", "", "SSH-2.0-OpenSSH_9.9\r\n", MALFORMED_FIELD, HELLO),
                new Refused("garbage", "", "\u00fe\u0000\u0080\n", BAD_ENCODING, HELLO),
                new Refused("checksum sha256", HELLO, "sha256\n", MALFORMED_FIELD, "md5\n"),
                new Refused("checksum MD5", HELLO, "MD5\n", MALFORMED_FIELD, "md5\n"),
                new Refused("checksum with CR", HELLO, "md5\r\n", MALFORMED_FIELD, "md5\n"),
                new Refused("no checksum", HELLO, "\n", MALFORMED_FIELD, "md5\n"),
                new Refused("checksum beyond ASCII", HELLO, "md\u00e45\n", BAD_ENCODING, "md5\n"));
    }

    static Stream<Refused> names() {
        return BadNames.all()
                .flatMap(name -> Stream.of(
                        new Refused(
                                "requested: " + name.what(),
                                HELLO + "md5\n",
                                name.refused() + "\n",
                                name.reason(),
                                name.accepted() + "\n"),
                        new Refused(
                                "offered: " + name.what(),
                                OFFERS,
                                name.refused() + "\n0\n0\n",
                                name.reason(),
                                name.accepted() + "\n0\n0\n")));
    }

    static Stream<Refused> windows1252Names() {
        return BadNames.windows1252()
                .flatMap(name -> Stream.of(
                        new Refused(
                                "requested: " + name.what(),
                                HELLO,
                                name.refused() + "\n",
                                name.reason(),
                                name.accepted() + "\n"),
                        new Refused(
                                "offered: " + name.what(),
                                HELLO + "\n",
                                name.refused() + "\n0\n0\n",
                                name.reason(),
                                name.accepted() + "\n0\n0\n")));
    }

    static Stream<Refused> times() {
        return Stream.of(
                time("empty", "", MALFORMED_FIELD, "0"),
                time("plus", "+5", MALFORMED_FIELD, "5"),
                time("minus alone", "-", MALFORMED_FIELD, "-0"),
                time("space behind", "5 ", MALFORMED_FIELD, "5"),
                time("CR", "5\r", MALFORMED_FIELD, "5"),
                time("underscore", "1_0", MALFORMED_FIELD, "10"),
                time("Arabic digit", ARABIC_FIVE, MALFORMED_FIELD, "5"),
                time("20 digits", "00000000000000000005", MALFORMED_FIELD, "0000000000000000005"),
                time("2^63", ABOVE_MAX, OUT_OF_RANGE, LATEST),
                time("2^63 - 1", "9223372036854775807", OUT_OF_RANGE, LATEST),
                time("-2^63 + 1", "-9223372036854775807", OUT_OF_RANGE, EARLIEST),
                time("year 10000", "253402300800000", OUT_OF_RANGE, LATEST),
                time("year 0", "-62135596800001", OUT_OF_RANGE, EARLIEST),
                time("below -2^63", "-9223372036854775809", OUT_OF_RANGE, EARLIEST));
    }

    static Stream<Refused> lengths() {
        return Stream.of(
                length("empty", "", MALFORMED_FIELD),
                length("negative", "-1", MALFORMED_FIELD),
                length("minus zero", "-0", MALFORMED_FIELD),
                length("plus", "+5", MALFORMED_FIELD),
                length("hex", "0x5", MALFORMED_FIELD),
                length("CR", "5\r", MALFORMED_FIELD),
                length("Arabic digit", ARABIC_FIVE, MALFORMED_FIELD),
                length("20 digits", "00000000000000000005", MALFORMED_FIELD),
                length("2^63", ABOVE_MAX, OUT_OF_RANGE));
    }

    static Stream<Refused> checksums() {
        return Stream.of("", MD5.toUpperCase(Locale.ROOT), MD5.substring(1), MD5 + "0", MD5 + "\r", "x".repeat(32))
                .map(checksum -> new Refused(
                        "checksum '" + checksum + "'",
                        OFFERS + "a\n0\n5\nhello",
                        checksum + "\n",
                        MALFORMED_FIELD,
                        MD5 + "\n"));
    }

    @ParameterizedTest
    @MethodSource("logins")
    void refusesInALoginAndReadsNothingMore(Refused input) {
        input.check(() -> WireEnd.client(ProtocolLevel.PYSKSYNC_2, Opening.LOGIN));
    }

    @ParameterizedTest
    @MethodSource({"openings", "names", "times", "lengths", "checksums"})
    void refusesAndReadsNothingMore(Refused input) {
        input.check(() -> WireEnd.client(ProtocolLevel.PYSKSYNC_2, Opening.GREETING));
    }

    @ParameterizedTest
    @MethodSource("windows1252Names")
    void refusesOnTheOldestLevelAndReadsNothingMore(Refused input) {
        input.check(() -> WireEnd.client(ProtocolLevel.SKSYNC_1, Opening.GREETING));
    }

    static Stream<Arguments> boundedLines() {
        int control = 40;
        int name = 60;
        String login = "aa 1f\n";
        String hello = login + "bb\n" + HELLO;
        return Stream.of(
                Arguments.of("login challenge", "", control),
                Arguments.of("login confirmation", login, control),
                Arguments.of("answer to the greeting", login + "bb\n", control),
                Arguments.of("checksum choice", hello, control),
                Arguments.of("requested name", hello + "md5\n", name),
                Arguments.of("offered name", hello + "md5\n\n", name),
                Arguments.of("offered mtime", hello + "md5\n\na\n", control),
                Arguments.of("offered length", hello + "md5\n\na\n0\n", control),
                Arguments.of("checksum", hello + "md5\n\na\n0\n5\nhello", control));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("boundedLines")
    void refusesAnOverlongLineBeforeItsEnd(String field, String before, int maxBytes) {
        CodecLimits limits = new CodecLimits(40, 60, 1000);
        try (WireEnd client =
                WireEnd.client(ProtocolLevel.PYSKSYNC_2, Opening.LOGIN, limits).feed(before)) {
            int told = client.messages().size();

            client.feed("1".repeat(maxBytes));
            assertThat(client.errors()).isEmpty();

            client.feed("1");
            assertThat(client.error().map(SyncProtocolException::reason)).contains(LINE_TOO_LONG);

            client.feed("\nProtocol Established\n");
            assertThat(client.messages()).hasSize(told);
            assertThat(client.errors()).hasSize(1);
        }
    }

    @Test
    void refusesAFileAboveTheLargestAllowed() {
        CodecLimits limits = new CodecLimits(100, 100, 1000);
        try (WireEnd client = WireEnd.client(ProtocolLevel.SKSYNC_1, Opening.GREETING, limits)) {
            client.feed(HELLO + "\na\n0\n1001\n");

            assertThat(client.error().map(SyncProtocolException::reason)).contains(OUT_OF_RANGE);
            assertThat(client.messages()).endsWith(new RequestsEnd());
        }
    }

    @Test
    void acceptsAFileOfTheLargestAllowedLength() {
        CodecLimits limits = new CodecLimits(100, 100, 1000);
        try (WireEnd client = WireEnd.client(ProtocolLevel.SKSYNC_1, Opening.GREETING, limits)) {
            client.feed(HELLO + "\na\n0\n1000\n");

            assertThat(client.messages()).endsWith(new FileOffer(new WireName("a"), 0, 1000));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "aa 1f\n\n", "aa 1f\nbb\n\n"})
    void readsAnEmptyLineBeforeTheSessionAsARefusalAndNothingAfterIt(String said) {
        try (WireEnd client = WireEnd.client(ProtocolLevel.PYSKSYNC_2, Opening.LOGIN)) {
            client.feed(said).feed("aa 1f\nbb\n").feed(HELLO);

            assertThat(client.errors()).isEmpty();
            assertThat(client.messages()).endsWith(new Refusal());
        }
    }

    @Test
    void readsALoginAndTheSessionBehindIt() {
        try (WireEnd client = WireEnd.client(ProtocolLevel.PYSKSYNC_2, Opening.LOGIN)) {
            client.feed("aa 1f\nbb\n" + OFFERS + "\n");

            assertThat(client.messages())
                    .containsExactly(
                            new LoginChallenge("aa", "1f"),
                            new LoginConfirmation("bb"),
                            new Established(),
                            new ChecksumChoice(),
                            new RequestsEnd(),
                            new OffersEnd());
        }
    }

    @Test
    void expectsNoChecksumOnLevelsWithoutOne() {
        try (WireEnd client = WireEnd.client(ProtocolLevel.PYSKSYNC_1, Opening.GREETING)) {
            client.feed(HELLO + "md5\n\nb\n-1000\n0\n\n");

            assertThat(client.messages())
                    .containsExactly(
                            new Established(),
                            new FileRequest(new WireName("md5")),
                            new RequestsEnd(),
                            new FileOffer(new WireName("b"), -1000, 0),
                            new FileEnd(Optional.empty()),
                            new OffersEnd());
        }
    }

    @Test
    void readsNothingAfterTheLastLine() {
        try (WireEnd client = WireEnd.client(ProtocolLevel.SKSYNC_1, Opening.GREETING)) {
            client.feed(HELLO + "\n\n" + "a\n0\n0\n").feed("\u00ff".repeat(10_000));

            assertThat(client.errors()).isEmpty();
            assertThat(client.messages()).containsExactly(new Established(), new RequestsEnd(), new OffersEnd());
        }
    }

    @Test
    void keepsCarriageReturnsInNames() {
        try (WireEnd client = WireEnd.client(ProtocolLevel.SKSYNC_1, Opening.GREETING)) {
            client.feed(HELLO + "a\r\n");

            assertThat(client.messages()).endsWith(new FileRequest(new WireName("a\r")));
        }
    }

    private static Refused time(String what, String refused, Reason reason, String accepted) {
        return new Refused("time: " + what, OFFERS + "a\n", refused + "\n0\n", reason, accepted + "\n0\n");
    }

    private static Refused length(String what, String refused, Reason reason) {
        return new Refused("length: " + what, OFFERS + "a\n0\n", refused + "\n", reason, "0000000000000000005\n");
    }
}
