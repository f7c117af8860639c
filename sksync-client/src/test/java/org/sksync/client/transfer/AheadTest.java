package org.sksync.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sksync.files.path.PathRefusedException;
import org.sksync.files.path.RelativePath;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.FileListing;

class AheadTest {

    private static FileEntry file(String name, long bytes) {
        try {
            return new FileEntry(RelativePath.of(name), 0, bytes);
        } catch (PathRefusedException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Ahead ahead() {
        FileListing.Builder listing = FileListing.builder();
        for (FileEntry file : new FileEntry[] {file("a", 1), file("b", 20), file("c", 300), file("d", 4000)}) {
            listing.add(file);
        }
        return new Ahead(listing.build());
    }

    @Test
    void countsWhatComesAfterTheLastThatWasAskedFor() {
        Ahead ahead = ahead();

        ahead.asked(file("a", 1));
        assertThat(ahead.files()).isEqualTo(3);
        assertThat(ahead.bytes()).isEqualTo(4320);

        ahead.asked(file("c", 300));
        assertThat(ahead.isKnown()).isTrue();
        assertThat(ahead.files()).isEqualTo(1);
        assertThat(ahead.bytes()).isEqualTo(4000);

        ahead.asked(file("d", 4000));
        assertThat(ahead.isKnown()).isTrue();
        assertThat(ahead.files()).isZero();
        assertThat(ahead.bytes()).isZero();
    }

    @Test
    void knowsNothingOfAServerThatGoesBack() {
        Ahead ahead = ahead();

        ahead.asked(file("c", 300));
        ahead.asked(file("a", 1));

        assertThat(ahead.isKnown()).isFalse();
    }

    @Test
    void foreseesTheNextOnesOnceTwoWereAskedForInARow() {
        Ahead ahead = ahead();

        ahead.asked(file("a", 1));
        assertThat(ahead.likely(0)).isEmpty();

        ahead.asked(file("b", 20));
        assertThat(ahead.likely(0)).contains(file("c", 300));
        assertThat(ahead.likely(1)).contains(file("d", 4000));
        assertThat(ahead.likely(2)).isEmpty();
    }

    @Test
    void foreseesNothingOfAServerThatPassesSomeOver() {
        Ahead ahead = ahead();
        ahead.asked(file("a", 1));
        ahead.asked(file("b", 20));

        ahead.asked(file("d", 4000));

        assertThat(ahead.likely(0)).isEmpty();
    }
}
