package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

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
}
