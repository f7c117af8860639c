package org.sksync.files.path;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/**
 * Which names some disk takes for one: those that differ only in case, and those that are the same text in another
 * Unicode form, with accents as parts of their letters (NFC) or behind them (NFD). For comparing alone: no name is ever
 * rewritten.
 */
public final class NameFolding {
    /** The first character that has two forms; only from here on are names worth a second look. */
    private static final char FIRST_WITH_FORMS = '\u00c0';

    private NameFolding() {}

    /** Returns the composed form (NFC) of a name: the same for two names that are the same text. */
    public static String composed(String name) {
        return mayHaveForms(name) ? Normalizer.normalize(name, Normalizer.Form.NFC) : name;
    }

    /** Returns whether a name holds a character that could be written in another Unicode form; quick. */
    public static boolean mayHaveForms(String name) {
        if (PlainText.is(name)) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) >= FIRST_WITH_FORMS) {
                return true;
            }
        }
        return false;
    }

    /** Returns what is the same for two names that some disk takes for one, by their case or their form. */
    public static String folded(String name) {
        return composed(name).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /** Returns a number that is the same for names with the same {@link #folded}, and mostly another for others. */
    public static long hash(String name) {
        long hash = 7;
        for (byte each : (PlainText.is(name) ? name : folded(name)).getBytes(StandardCharsets.UTF_8)) {
            hash = hash * 31 + (each >= 'A' && each <= 'Z' ? each + ('a' - 'A') : each);
        }
        return hash;
    }
}
