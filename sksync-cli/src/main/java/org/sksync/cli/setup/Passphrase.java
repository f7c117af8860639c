package org.sksync.cli.setup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Passwords that a person can read out and type: {@value #WORDS} words of a list of {@value #LISTED}, each drawn for
 * itself, joined by hyphens. That is 11 bits a word, 66 bits in all: too many to be tried even by somebody who has stolen
 * the verifier and tries a million million a second (more than a year for half of them). Whoever knows how the words
 * are drawn knows no more than that.
 *
 * <p>The words have four to seven letters, are in common use, and no two of them begin with the same four letters.
 */
public final class Passphrase {

    static final int WORDS = 6;
    static final int LISTED = 2048;

    private Passphrase() {}

    /** Draws a new one. */
    public static String draw(SecureRandom random) {
        List<String> words = words();
        return IntStream.range(0, WORDS)
                .mapToObj(each -> words.get(random.nextInt(LISTED)))
                .collect(Collectors.joining("-"));
    }

    static List<String> words() {
        try (InputStream in = Passphrase.class.getResourceAsStream("words.txt")) {
            if (in == null) {
                throw new IllegalStateException("the list of words is missing from the program");
            }
            List<String> words = new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
            if (words.size() != LISTED) {
                throw new IllegalStateException("words: " + words.size() + " (expected: " + LISTED + ")");
            }
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException("the list of words can't be read from the program", e);
        }
    }
}
