package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sksync.files.path.EscapedText;

class JsonLineTest {

    @Test
    void writesMembersInTheOrderInWhichTheyWerePut() {
        JsonLine line = JsonLine.of("summary")
                .put("profile", "notes")
                .put("files", 3)
                .put("done", true)
                .putSeconds("seconds", 1250)
                .put("names", List.of("a", "b"))
                .put("server", JsonLine.part().put("port", 23456));

        assertThat(line)
                .hasToString("{\"message_type\":\"summary\",\"profile\":\"notes\",\"files\":3,\"done\":true,"
                        + "\"seconds\":1.25,\"names\":[\"a\",\"b\"],\"server\":{\"port\":23456}}");
    }

    @Test
    void staysInOneLineWhateverANameHolds() {
        assertThat(JsonLine.part().put("name", "a\n\"\u001b[2J\\").toString())
                .isEqualTo("{\"name\":\"a\\n\\\"\\u001B[2J\\\\\"}");
    }

    @Test
    void escapesWhatCouldSteerATerminalAndNothingElse() {
        assertThat(JsonLine.part()
                        .put("name", "caf\u00e9 \u9152 \u009b31m\u202e\u007f\u2028 \ud800x")
                        .toString())
                .isEqualTo("{\"name\":\"caf\u00e9 \u9152 \\u009b31m\\u202e\\u007F\\u2028 \\ud800x\"}");
    }

    @Test
    void escapesWhatTextWould() {
        for (char each = 0x7f; each < Character.MAX_VALUE; each++) {
            String json = JsonLine.part().put("c", String.valueOf(each)).toString();

            assertThat(json.chars().allMatch(unit -> unit < 0x7f))
                    .as("U+%04x", (int) each)
                    .isEqualTo(!EscapedText.of(String.valueOf(each)).equals(String.valueOf(each)));
        }
    }
}
