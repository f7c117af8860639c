package org.sksync.transport.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.sksync.files.path.PathRefusedException;
import org.sksync.files.path.RelativePath;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.message.WireName;

/** What a tree may hold, the wire takes: a listed file never ends the session that lists it. */
class WireNameFuzzTest {

    static Stream<byte[]> names() {
        return Stream.of(
                        "a",
                        "a/b",
                        "..a/...",
                        "a\r",
                        "C",
                        "~",
                        " ",
                        "e\u0301",
                        "日本語",
                        "👩\u200d💻",
                        "a//b",
                        "../a",
                        "\u0001")
                .map(name -> name.getBytes(UTF_8));
    }

    @MethodSource("names")
    @FuzzTest
    void takesWhateverATreeMayHold(byte[] input) {
        String text = new String(input, UTF_8);
        RelativePath path;
        try {
            path = RelativePath.of(text);
        } catch (PathRefusedException e) {
            return;
        }

        assertThat(WireName.whyNot(text)).isEmpty();
        WireName name = new WireName(path.text());
        assertThat(name.isNested()).isEqualTo(path.isNested());
        for (ProtocolLevel level : ProtocolLevel.values()) {
            if (level.canCarry(text)) {
                byte[] carried = text.getBytes(level.nameCharset());
                assertThat(new String(carried, level.nameCharset())).isEqualTo(text);
            }
        }
        assertThat(ProtocolLevel.PYSKSYNC_2.canCarry(text)).isTrue();
    }
}
