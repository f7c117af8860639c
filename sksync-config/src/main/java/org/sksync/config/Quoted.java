package org.sksync.config;

import org.sksync.files.path.EscapedText;

/** Text of a file made fit for a message: of bounded length, without anything that moves a cursor. */
final class Quoted {

    private static final int MAX_CHARS = 80;

    private Quoted() {}

    static String quoted(String text) {
        return '"' + escaped(text) + '"';
    }

    static String escaped(String text) {
        return EscapedText.of(text, MAX_CHARS);
    }
}
