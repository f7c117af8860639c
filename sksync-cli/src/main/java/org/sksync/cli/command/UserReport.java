package org.sksync.cli.command;

import java.util.Map;
import org.sksync.useredit.edit.Report;

/** Tells of users in the way in which everything else is told. */
record UserReport(Terminal terminal) implements Report {

    @Override
    public void tell(String line, String messageType, Map<String, String> fields) {
        JsonLine json = JsonLine.of(messageType);
        fields.forEach(json::put);
        terminal.tell(line, json);
    }

    @Override
    public void warn(String sentence) {
        terminal.warn(sentence);
    }

    @Override
    public void error(String sentence, Exception cause) {
        terminal.error(sentence, cause);
    }
}
