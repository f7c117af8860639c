package org.sksync.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sksync.protocol.session.SyncProtocolException.Reason.BAD_ENCODING;
import static org.sksync.protocol.session.SyncProtocolException.Reason.BAD_NAME;
import static org.sksync.protocol.session.SyncProtocolException.Reason.LINE_TOO_LONG;
import static org.sksync.protocol.session.SyncProtocolException.Reason.LOGIN_REFUSED;
import static org.sksync.protocol.session.SyncProtocolException.Reason.MALFORMED_FIELD;
import static org.sksync.protocol.session.SyncProtocolException.Reason.OUT_OF_RANGE;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.protocol.codec.WireEnd.Content;
import org.sksync.protocol.message.FileEnd;
import org.sksync.protocol.message.FileReply;
import org.sksync.protocol.message.ListedFile;
import org.sksync.protocol.message.ListingEnd;
import org.sksync.protocol.message.Recursion;
import org.sksync.protocol.message.SyncRequest;
import org.sksync.protocol.message.SyncType;
import org.sksync.protocol.message.WireName;
import org.sksync.protocol.session.SyncProtocolException;
import org.sksync.protocol.session.SyncProtocolException.Reason;
import org.sksync.testkit.NoLeaks;

/** What a server refuses to read from a client, and what it reads in its place. */
@ExtendWith(NoLeaks.class)
class ServerCodecRefusalTest {

    private static final String REST = "2\n1\n/s\n/c\n";
    private static final String LOGIN = "PYSKSYNC SRP START:616e6e61 1f2e\n";
    private static final String LISTING_2 = "pysksync 2\n0\n0\n/s\n/c\n";
    private static final String LISTING_1 = "sksync 1\n0\n0\n/s\n/c\n";
    private static final String FLAT = "pysksync 2\n0\n1\n/s\n/c\n";
    private static final String ASKED_2 = LISTING_2 + "1000 a\n\n";
    private static final String ASKED_1 = LISTING_1 + "1000 a\n\n";
    private static final String MD5 = "5d41402abc4b2a76b9719d911017c592";
    private static final String ARABIC_FIVE = "\u00d9\u00a5";
    private static final String EARLIEST = "-62135596800000";
    private static final String LATEST = "253402300799999";
    private static final String ABOVE_MAX = "9223372036854775808";

    static Stream<Refused> openings() {
        return Stream.of(
                new Refused("CR after the greeting", "", "sksync 1\r\n", MALFORMED_FIELD, "sksync 1\n"),
                new Refused("greeting in capitals", "", "SKSYNC 1\n", MALFORMED_FIELD, "sksync 1\n"),
                new Refused("space before the greeting", "", " pysksync 2\n", MALFORMED_FIELD, "pysksync 2\n"),
                new Refused("space after the greeting", "", "pysksync 1 \n", MALFORMED_FIELD, "pysksync 1\n"),
                new Refused("unknown level", "", "sksync 2\n", MALFORMED_FIELD, "pysksync 2\n"),
                new Refused("empty first line", "", "\n", MALFORMED_FIELD, "pysksync 2\n"),
                new Refused("UTF-8 in the greeting", "", "sksync\u00c2\u00a01\n", BAD_ENCODING, "sksync 1\n"),
                new Refused("HTTP", "", "GET / HTTP/1.1\r\n", MALFORMED_FIELD, "sksync 1\n"),
                new Refused("TLS handshake", "", "\u0016\u0003\u0001\u0002", MALFORMED_FIELD, "sksync 1\n"),
                new Refused("one login field", "", "PYSKSYNC SRP START:616e6e61\n", LOGIN_REFUSED, LOGIN),
                new Refused("three login fields", "", "PYSKSYNC SRP START:61 62 63\n", LOGIN_REFUSED, LOGIN),
                new Refused("tab between login fields", "", "PYSKSYNC SRP START:61\t62\n", LOGIN_REFUSED, LOGIN),
                new Refused("two spaces between login fields", "", "PYSKSYNC SRP START:61  62\n", LOGIN_REFUSED, LOGIN),
                new Refused("lower-case login", "", "pysksync srp start:61 62\n", MALFORMED_FIELD, LOGIN),
                new Refused("login field beyond ASCII", "", "PYSKSYNC SRP START:\u00e4 62\n", BAD_ENCODING, LOGIN),
                new Refused("login proof beyond ASCII", LOGIN, "\u00ff\n", BAD_ENCODING, "abcd\n"),
                new Refused("second login", LOGIN + "abcd\n", LOGIN, MALFORMED_FIELD, "pysksync 2\n"),
                new Refused("CR after a later greeting", LOGIN + "ab\n", "sksync 1\r\n", MALFORMED_FIELD, "sksync 1\n"),
                new Refused("no greeting after the login", LOGIN + "ab\n", "\n", MALFORMED_FIELD, "sksync 1\n"));
    }

    static Stream<Refused> requests() {
        return Stream.concat(
                Stream.of("6", "9", "-1", "22", "02", "", " 2", "2 ", "2\r", "+2", "x")
                        .map(type -> new Refused(
                                "sync type '" + type + "'",
                                "sksync 1\n",
                                type + "\n1\n/s\n/c\n",
                                MALFORMED_FIELD,
                                REST)),
                Stream.of(
                        new Refused("Arabic type", "sksync 1\n", ARABIC_FIVE + "\n", BAD_ENCODING, "5\n1\n/s\n/c\n"),
                        new Refused("flag 2", "sksync 1\n2\n", "2\n/s\n/c\n", MALFORMED_FIELD, "1\n/s\n/c\n"),
                        new Refused("flag 01", "sksync 1\n2\n", "01\n/s\n/c\n", MALFORMED_FIELD, "1\n/s\n/c\n"),
                        new Refused("flag with CR", "sksync 1\n2\n", "1\r\n/s\n/c\n", MALFORMED_FIELD, "1\n/s\n/c\n"),
                        new Refused("empty flag", "sksync 1\n2\n", "\n/s\n/c\n", MALFORMED_FIELD, "0\n/s\n/c\n"),
                        new Refused("flag true", "sksync 1\n2\n", "true\n/s\n/c\n", MALFORMED_FIELD, "0\n/s\n/c\n"),
                        new Refused(
                                "server path in Latin-1",
                                "pysksync 2\n2\n1\n",
                                "/\u00e4\n/c\n",
                                BAD_ENCODING,
                                "/\u00c3\u00a4\n/c\n"),
                        new Refused(
                                "server path with a hole of windows-1252",
                                "sksync 1\n2\n1\n",
                                "/\u0081\n/c\n",
                                BAD_ENCODING,
                                "/\u0080\n/c\n"),
                        new Refused(
                                "client path in Latin-1",
                                "pysksync 2\n2\n1\n/s\n",
                                "/\u00e4\n",
                                BAD_ENCODING,
                                "/\u00c3\u00a4\n")));
    }

    static Stream<Refused> listedTimes() {
        return Stream.of(
                listed("no space", "1000a", MALFORMED_FIELD, "1000 a"),
                listed("no time", " a", MALFORMED_FIELD, "0 a"),
                listed("tab for the space", "1000\ta", MALFORMED_FIELD, "1000 a"),
                listed("space before the time", " 1000 a", MALFORMED_FIELD, "1000 a"),
                listed("plus", "+5 a", MALFORMED_FIELD, "5 a"),
                listed("minus alone", "- a", MALFORMED_FIELD, "-1 a"),
                listed("two minuses", "--5 a", MALFORMED_FIELD, "-5 a"),
                listed("minus behind", "5- a", MALFORMED_FIELD, "-0 a"),
                listed("underscore", "1_0 a", MALFORMED_FIELD, "10 a"),
                listed("hex", "0x10 a", MALFORMED_FIELD, "010 a"),
                listed("exponent", "1e3 a", MALFORMED_FIELD, "1000 a"),
                listed("fraction", "1000.0 a", MALFORMED_FIELD, "1000 a"),
                listed("Arabic digit", ARABIC_FIVE + " a", MALFORMED_FIELD, "5 a"),
                listed("20 digits", "00000000000000000005 a", MALFORMED_FIELD, "0000000000000000005 a"),
                listed("2^63", ABOVE_MAX + " a", OUT_OF_RANGE, LATEST + " a"),
                listed("2^63 - 1", "9223372036854775807 a", OUT_OF_RANGE, LATEST + " a"),
                listed("-2^63 + 1", "-9223372036854775807 a", OUT_OF_RANGE, EARLIEST + " a"),
                listed("year 10000", "253402300800000 a", OUT_OF_RANGE, LATEST + " a"),
                listed("year 0", "-62135596800001 a", OUT_OF_RANGE, EARLIEST + " a"),
                listed("below -2^63", "-9223372036854775809 a", OUT_OF_RANGE, EARLIEST + " a"),
                listed("19 nines", "9999999999999999999 a", OUT_OF_RANGE, "99999999999999 a"));
    }

    static Stream<Refused> listedNames() {
        Stream<Refused> flat = Stream.of(
                new Refused("nested name in a flat session", FLAT, "1000 a/b\n", BAD_NAME, "1000 a\\b\n"),
                new Refused("dots in a flat session", FLAT, "1000 ..\n", BAD_NAME, "1000 ...\n"));
        Stream<Refused> named = BadNames.all()
                .map(name -> listed(name.what(), "1000 " + name.refused(), name.reason(), "1000 " + name.accepted()));
        Stream<Refused> holes = BadNames.windows1252()
                .map(name -> new Refused(
                        name.what(),
                        LISTING_1,
                        "1000 " + name.refused() + "\n",
                        name.reason(),
                        "1000 " + name.accepted() + "\n"));
        return Stream.of(flat, named, holes).flatMap(all -> all);
    }

    static Stream<Refused> lengths() {
        return Stream.of(
                length("empty", "", MALFORMED_FIELD),
                length("negative", "-1", MALFORMED_FIELD),
                length("minus zero", "-0", MALFORMED_FIELD),
                length("plus", "+5", MALFORMED_FIELD),
                length("hex", "0x5", MALFORMED_FIELD),
                length("space behind", "5 ", MALFORMED_FIELD),
                length("space before", " 5", MALFORMED_FIELD),
                length("CR behind", "5\r", MALFORMED_FIELD),
                length("underscore", "1_0", MALFORMED_FIELD),
                length("Arabic digit", ARABIC_FIVE, MALFORMED_FIELD),
                length("text", "gone", MALFORMED_FIELD),
                length("20 digits", "00000000000000000005", MALFORMED_FIELD),
                length("2^63", ABOVE_MAX, OUT_OF_RANGE),
                length("2^64", "18446744073709551616", MALFORMED_FIELD),
                length("19 nines", "9999999999999999999", OUT_OF_RANGE),
                new Refused("a third empty line", LISTING_2 + "\n\n", "\n", MALFORMED_FIELD, "0\n"),
                new Refused("more bytes than announced", ASKED_1 + "3\nhel", "lo\n", MALFORMED_FIELD, "2\nlo"),
                new Refused("the length of the next file runs on", ASKED_1 + "0\n", "1\r\n", MALFORMED_FIELD, "1\nx"));
    }

    static Stream<Refused> checksums() {
        return Stream.of(
                checksum("empty", ""),
                checksum("upper-case", MD5.toUpperCase(Locale.ROOT)),
                checksum("one upper-case digit", MD5.replace('d', 'D')),
                checksum("31 digits", MD5.substring(1)),
                checksum("33 digits", MD5 + "0"),
                checksum("CR", MD5 + "\r"),
                checksum("space before", " " + MD5),
                checksum("g", MD5.replace('a', 'g')),
                checksum("below 0", MD5.replace('0', '/')),
                checksum("above 9", MD5.replace('9', ':')),
                checksum("below a", MD5.replace('a', '`')),
                checksum("beyond ASCII", MD5.replace('a', '\u00e4')),
                checksum("content runs on", " world" + MD5));
    }

    @ParameterizedTest
    @MethodSource({"openings", "requests", "listedTimes", "listedNames", "lengths", "checksums"})
    void refusesAndReadsNothingMore(Refused input) {
        input.check(WireEnd::server);
    }

    static Stream<Arguments> boundedLines() {
        int control = 40;
        int name = 60;
        return Stream.of(
                Arguments.of("first line", "", control),
                Arguments.of("login proof", "PYSKSYNC SRP START:61 1f\n", control),
                Arguments.of("greeting", "PYSKSYNC SRP START:61 1f\nab\n", control),
                Arguments.of("sync type", "pysksync 2\n", control),
                Arguments.of("recursion", "pysksync 2\n0\n", control),
                Arguments.of("server path", "pysksync 2\n0\n0\n", name),
                Arguments.of("client path", "pysksync 2\n0\n0\n/s\n", name),
                Arguments.of("first listed file", LISTING_2, name),
                Arguments.of("listed file", LISTING_2 + "1 a\n", name),
                Arguments.of("line after an empty listing", LISTING_2 + "\n", control),
                Arguments.of("file length", ASKED_2, control),
                Arguments.of("checksum", ASKED_2 + "5\nhello", control));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("boundedLines")
    void refusesAnOverlongLineBeforeItsEnd(String field, String before, int maxBytes) {
        CodecLimits limits = new CodecLimits(40, 60, 1000);
        try (WireEnd server = WireEnd.server(limits).feed(before)) {
            int told = server.messages().size();

            server.feed("1".repeat(maxBytes));
            assertThat(server.errors()).isEmpty();

            server.feed("1");
            assertThat(server.error().map(SyncProtocolException::reason)).contains(LINE_TOO_LONG);
            assertThat(server.error().orElseThrow()).hasMessageContaining("<= " + maxBytes + " bytes");

            server.feed("\nsksync 1\n");
            assertThat(server.messages()).hasSize(told);
            assertThat(server.errors()).hasSize(1);
        }
    }

    @Test
    void refusesAnOverlongLineThatCameWhole() {
        CodecLimits limits = new CodecLimits(8, 8, 1000);
        try (WireEnd server = WireEnd.server(limits)) {
            server.feed("sksync 1x\nsksync 1\n");

            assertThat(server.error().map(SyncProtocolException::reason)).contains(LINE_TOO_LONG);
            assertThat(server.messages()).isEmpty();
        }
    }

    @Test
    void acceptsALineOfExactlyTheLimit() {
        CodecLimits limits = new CodecLimits(8, 8, 1000);
        try (WireEnd server = WireEnd.server(limits)) {
            server.feed("sksync 1\n0\n0\n/1234567\n/1234567\n1000 123\n");

            assertThat(server.errors()).isEmpty();
            assertThat(server.messages()).endsWith(new ListedFile(1000, new WireName("123")));
        }
    }

    @Test
    void refusesAFileAboveTheLargestAllowed() {
        CodecLimits limits = new CodecLimits(100, 100, 1000);
        try (WireEnd server = WireEnd.server(limits)) {
            server.feed(ASKED_1 + "1001\n");

            assertThat(server.error().map(SyncProtocolException::reason)).contains(OUT_OF_RANGE);
            assertThat(server.messages()).endsWith(new ListingEnd());
        }
    }

    @Test
    void acceptsAFileOfTheLargestAllowedLength() {
        CodecLimits limits = new CodecLimits(100, 100, 1000);
        try (WireEnd server = WireEnd.server(limits)) {
            server.feed(ASKED_1 + "1000\n");

            assertThat(server.errors()).isEmpty();
            assertThat(server.messages()).endsWith(new FileReply(1000));
        }
    }

    @Test
    void keepsCarriageReturnsInPathsAndNames() {
        try (WireEnd server = WireEnd.server()) {
            server.feed("pysksync 2\n0\n0\n/s\r\n\r/c\n1000 a\r\n1000 a\n");

            assertThat(server.errors()).isEmpty();
            assertThat(server.messages())
                    .endsWith(
                            new SyncRequest(SyncType.BIDIRECTIONAL_USE_TIME, Recursion.RECURSIVE, "/s\r", "\r/c"),
                            new ListedFile(1000, new WireName("a\r")),
                            new ListedFile(1000, new WireName("a")));
        }
    }

    @Test
    void readsMinusZeroAsZero() {
        try (WireEnd server = WireEnd.server()) {
            server.feed(LISTING_2 + "-0 a\n");

            assertThat(server.messages()).endsWith(new ListedFile(0, new WireName("a")));
        }
    }

    @Test
    void takesSpacesIntoTheName() {
        try (WireEnd server = WireEnd.server()) {
            server.feed(LISTING_2 + "1000  a b \n");

            assertThat(server.messages()).endsWith(new ListedFile(1000, new WireName(" a b ")));
        }
    }

    @Test
    void toleratesOneMoreEmptyLineAfterAnEmptyListing() {
        try (WireEnd server = WireEnd.server()) {
            server.feed(LISTING_1 + "\n\n2\nhi");

            assertThat(server.errors()).isEmpty();
            assertThat(server.messages())
                    .endsWith(new ListingEnd(), new FileReply(2), new Content("hi"), new FileEnd(Optional.empty()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "2", "3", "4", "5"})
    void readsAllSixTypes(String token) {
        try (WireEnd server = WireEnd.server()) {
            server.feed("sksync 1\n" + token + "\n0\n/s\n/c\n");

            assertThat(server.messages())
                    .endsWith(new SyncRequest(SyncType.fromWire(token).orElseThrow(), Recursion.RECURSIVE, "/s", "/c"));
        }
    }

    @Test
    void readsAnEmptyFileWithItsHead() {
        try (WireEnd server = WireEnd.server()) {
            server.feed(ASKED_1 + "0\n0\n");

            List<Object> messages = server.messages();
            FileEnd end = new FileEnd(Optional.empty());
            assertThat(messages).endsWith(new FileReply(0), end, new FileReply(0), end);
        }
    }

    @Test
    void tellsWhatWasSentAndWhatIsExpected() {
        try (WireEnd server = WireEnd.server()) {
            server.feed(LISTING_2 + "yesterday a\n");

            assertThat(server.error().orElseThrow())
                    .hasMessage("listed file's mtime: \"yesterday a\" (expected: decimal digits)");
        }
    }

    @Test
    void cutsALongExcerptOfWhatWasSent() {
        try (WireEnd server = WireEnd.server()) {
            server.feed("x".repeat(500) + "\n");

            assertThat(server.error().orElseThrow())
                    .hasMessageContaining("\"" + "x".repeat(80) + "\" (500 characters)")
                    .hasMessageNotContaining("x".repeat(81));
        }
    }

    private static Refused listed(String what, String refused, Reason reason, String accepted) {
        return new Refused("listed: " + what, LISTING_2, refused + "\n", reason, accepted + "\n");
    }

    private static Refused length(String what, String refused, Reason reason) {
        return new Refused("length: " + what, ASKED_2, refused + "\n", reason, "0000000000000000005\n");
    }

    private static Refused checksum(String what, String refused) {
        return new Refused("checksum: " + what, ASKED_2 + "5\nhello", refused + "\n", MALFORMED_FIELD, MD5 + "\n");
    }
}
