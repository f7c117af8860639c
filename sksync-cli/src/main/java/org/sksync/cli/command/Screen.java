package org.sksync.cli.command;

/** What there is to see a command's output on: whether it shows colours, how a line is taken away, how wide it is. */
interface Screen {

    /** The width of a screen that nobody knows. */
    int USUAL_COLUMNS = 80;

    /** No colours, the usual width. */
    Screen PLAIN = new Screen() {};

    /** Whether results may be coloured. */
    default boolean colorsResults() {
        return false;
    }

    /** Whether warnings and errors may be coloured. */
    default boolean colorsErrors() {
        return false;
    }

    /** Whether the rest of a line can be erased by an escape sequence; without, it is painted over with blanks. */
    default boolean erases() {
        return true;
    }

    /** Returns its width in characters; at least 1. May start a process, so not for a thread that must not wait. */
    default int columns() {
        return USUAL_COLUMNS;
    }

    /** Takes note that its width may be another one now. Any thread. */
    default void resized() {}
}
