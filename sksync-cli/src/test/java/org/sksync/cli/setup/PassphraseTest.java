package org.sksync.cli.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class PassphraseTest {

    @Test
    void drawsFromWordsThatAreEasyToReadAndToTellApart() {
        List<String> words = Passphrase.words();

        assertThat(words).hasSize(Passphrase.LISTED).allMatch(word -> word.matches("[a-z]{4,7}"));
        assertThat(words.stream().map(word -> word.substring(0, 4)))
                .as("beginnings of four letters")
                .doesNotHaveDuplicates();
    }

    @Test
    void holdsAtLeastSixtyBits() {
        double bits = Passphrase.WORDS * Math.log(Passphrase.LISTED) / Math.log(2);

        assertThat(bits).isGreaterThanOrEqualTo(60);
    }

    @Test
    void drawsSixWordsOfTheListEachTimeAnew() {
        SecureRandom random = new SecureRandom();
        String drawn = Passphrase.draw(random);

        assertThat(List.of(drawn.split("-", -1))).hasSize(6).isSubsetOf(Passphrase.words());
        assertThat(Passphrase.draw(random)).isNotEqualTo(drawn);
    }
}
