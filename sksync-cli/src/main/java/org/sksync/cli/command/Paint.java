package org.sksync.cli.command;

/** What colours mean here. */
enum Paint {
    /** As it is. */
    NONE(""),
    /** Done, all well. */
    DONE("32"),
    /** A warning. */
    WARNING("33"),
    /** An error. */
    ERROR("31");

    private final String code;

    Paint(String code) {
        this.code = code;
    }

    /** Returns the text in this colour, if colours are shown; it is escaped already. */
    String on(String text, boolean shown) {
        return shown ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
