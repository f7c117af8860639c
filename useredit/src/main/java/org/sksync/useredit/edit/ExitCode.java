package org.sksync.useredit.edit;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the process ends with; the same numbers as those of sksync. */
enum ExitCode {
    DONE(0, "all done"),
    ERROR(1, "an error that is none of those below"),
    USAGE(2, "the command line or the configuration is wrong; nothing was changed"),
    DOES_NOT_FIT(6, "the password is not that of the user (check)"),
    INTERRUPTED(130, "interrupted at a question");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    int code() {
        return code;
    }

    /** Returns all codes with their meanings, as help lists them. */
    static Map<String, String> table() {
        Map<String, String> table = new LinkedHashMap<>();
        for (ExitCode each : values()) {
            table.put(String.valueOf(each.code), each.meaning);
        }
        return table;
    }
}
