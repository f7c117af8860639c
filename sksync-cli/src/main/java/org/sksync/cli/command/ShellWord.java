package org.sksync.cli.command;

import java.util.regex.Pattern;

/** A text as one word for a shell, in a line that a person is to copy. */
final class ShellWord {

    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}/._+:,@%=-]+");

    private ShellWord() {}

    static String of(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
