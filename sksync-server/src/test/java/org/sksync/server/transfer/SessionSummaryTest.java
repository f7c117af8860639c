package org.sksync.server.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.server.transfer.SessionSummary.TransferCount;

class SessionSummaryTest {

    private static String line(String user, String path, String outcome) {
        return new SessionSummary(
                        "192.0.2.7:4242",
                        user,
                        path,
                        "to_server_use_time recursive",
                        new TransferCount(2, 30),
                        TransferCount.NONE,
                        1,
                        Duration.ofMillis(1500),
                        outcome)
                .line();
    }

    @Test
    void leavesPlainWordsAsTheyAre() {
        assertThat(line("alice", "/srv/photos", "done"))
                .isEqualTo("session 192.0.2.7:4242 user=alice path=/srv/photos type=to_server_use_time recursive"
                        + " received=2/30B sent=0/0B skipped=1 1.5s done");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "a", "Z9", "me@home.example", "a_b+c-d:e/f"})
    void quotesNoWordOfHarmlessCharacters(String word) {
        assertThat(line(word, word, word))
                .contains("user=" + word + " path=" + word + " type=")
                .endsWith("s " + word);
    }

    @Test
    void aNameCanNotPassForOtherFields() {
        assertThat(line("alice path=/srv type=x 0.1s done", "/a", "login: wrong password"))
                .contains(" user=\"alice path=/srv type=x 0.1s done\" path=/a type=")
                .endsWith("s \"login: wrong password\"");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "'a b', '\"a b\"'",
                "'', '\"\"'",
                "'a\"', '\"a\\\"\"'",
                "'a\\', '\"a\\\\\"'",
                "'a\\\" path=/b', '\"a\\\\\\\" path=/b\"'",
                "a=b, '\"a=b\"'",
                "\u6570\u636e, '\"\u6570\u636e\"'",
            })
    void quotesWhatCouldEndAWordOrTheQuote(String text, String shown) {
        assertThat(line(text, text, text))
                .contains("user=" + shown + " path=" + shown + " type=")
                .endsWith("s " + shown);
    }

    @Test
    void staysOneLineWithoutControlCharacters() {
        String hostile = "a\nsession 1.2.3.4 user=root\r\u001b[2J\u202e";

        assertThat(line(hostile, hostile, hostile)).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
    }

    @Test
    void closesTheQuoteOfTextThatIsCut() {
        assertThat(line("\" ".repeat(400), "/a", "done")).contains("\u2026\" path=/a type=");
    }
}
