package org.sksync.protocol.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.sksync.protocol.session.SyncProtocolException;

/** Where the decoders' fuzzing starts from, besides the recorded sessions, and what holds for both directions. */
final class WireSeeds {

    private static final String HEADER = "sksync 1\n0\n1\n/\n/\n";

    private WireSeeds() {}

    /** Returns what clients may say that the recorded ones did not. */
    static Stream<byte[]> clients() {
        Stream<String> names = names().map(name -> HEADER + "1000 " + name + "\n\n");
        Stream<String> utf8 = names().map(name -> "pysksync 2\n3\n0\n/\n/\n1000 " + name + "\n\n");
        Stream<String> numbers = numbers().map(number -> HEADER + number + " a\n\n" + number + "\nabc");
        Stream<String> others = Stream.of(
                "PYSKSYNC SRP START:626f62 02\nabcd\nsksync 1\n",
                "PYSKSYNC SRP START: \n",
                "PYSKSYNC SRP START:a b c\n",
                "sksync 1\r\n",
                "\u0016\u0003\u0001",
                "pysksync 1\n5\n0\n\n\n\n\n0\n1\na",
                HEADER + "1 a/b\n\n",
                HEADER + "\n\n\n3\n");
        return bytes(Stream.of(names, utf8, numbers, others).flatMap(each -> each));
    }

    /** Returns what servers may say that the recorded ones did not. */
    static Stream<byte[]> servers() {
        Stream<String> names = names().map(name -> "Protocol Established\n" + name + "\n\n" + name + "\n1000\n0\n\n");
        Stream<String> numbers =
                numbers().map(number -> "Protocol Established\nmd5\n\na\n" + number + "\n" + number + "\nabc");
        Stream<String> others = Stream.of("\n", "ab cd\nef\nProtocol Established\nmd5\n\n\n", "a b c\n", "ab cd\n\n");
        return bytes(Stream.of(names, numbers, others).flatMap(each -> each));
    }

    private static Stream<String> names() {
        return Stream.concat(BadNames.all(), BadNames.windows1252())
                .flatMap(names -> Stream.of(names.refused(), names.accepted()));
    }

    private static Stream<String> numbers() {
        return Stream.of(
                "0",
                "-1",
                "-0",
                "+5",
                "00000000000000000007",
                "9223372036854775807",
                "9223372036854775808",
                "-9223372036854775808",
                "253402300799999",
                "253402300800000",
                "-62135596800000",
                "1_0",
                "0x10",
                "\u00d9\u00a3",
                "");
    }

    private static Stream<byte[]> bytes(Stream<String> texts) {
        return texts.map(text -> text.getBytes(ISO_8859_1));
    }

    static byte[] prefixed(int first, byte[] rest) {
        byte[] joined = new byte[rest.length + 1];
        joined[0] = (byte) first;
        System.arraycopy(rest, 0, joined, 1, rest.length);
        return joined;
    }

    /** Checks that the same bytes, cut in two ways, became the same messages and the same refusal. */
    static void assertSameEnd(WireEnd one, WireEnd other) {
        assertThat(other.messages()).isEqualTo(one.messages());
        assertThat(reasons(other)).isEqualTo(reasons(one)).hasSizeLessThanOrEqualTo(1);
    }

    private static List<SyncProtocolException.Reason> reasons(WireEnd end) {
        return end.errors().stream().map(SyncProtocolException::reason).toList();
    }
}
