package org.sksync.discovery.ssdp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SsdpMessageTest {

    private static Optional<SsdpMessage> read(String text) {
        return SsdpMessage.read(text.getBytes(ISO_8859_1));
    }

    @Test
    void readsAFirstLineAndHeadersWhateverTheCaseOfTheirNames() {
        SsdpMessage message = read("NOTIFY * HTTP/1.1\r\nHost:1\r\nST: \t a:b \r\nEXT:\r\n\r\nbody")
                .orElseThrow();

        assertThat(message.firstLine()).isEqualTo("NOTIFY * HTTP/1.1");
        assertThat(message.header("host")).contains("1");
        assertThat(message.header("st")).contains("a:b");
        assertThat(message.header("ext")).contains("");
        assertThat(message.header("body")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "line\r\nno header\r\n\r\n",
                "line\r\n: no name\r\n\r\n",
                "line\r\nst: 1\r\nST: 2\r\n\r\n",
                "line\r\nst: 1\nman: 2\r\n\r\n",
                "line\nst: 1\r\n\r\n",
                "line\r\nst: \u00e4\r\n\r\n",
                "line\r\nst: \u0000\r\n\r\n",
                "line\r\nst: \u001b[2J\r\n\r\n",
            })
    void refusesWhatIsNoMessage(String text) {
        assertThat(read(text)).isEmpty();
    }

    @Test
    void takesWhatFitsItsBoundsAndRefusesOneMore() {
        StringBuilder headers = new StringBuilder();
        for (int header = 0; header < 32; header++) {
            headers.append("h").append(header).append(":\r\n");
        }
        String full = "line\r\na:" + "x".repeat(1024 - 12) + "\r\n\r\n";

        assertThat(full).hasSize(1024);
        assertThat(read(full)).isPresent();
        assertThat(read(full + "x")).isEmpty();
        assertThat(read("line\r\n" + headers + "\r\n")).isPresent();
        assertThat(read("line\r\n" + headers + "more:\r\n\r\n")).isEmpty();
        assertThat(read("line\r\n" + headers + "more:\r\nyet:\r\n\r\n")).isEmpty();
    }
}
