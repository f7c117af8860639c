package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.sksync.cli.watch.OwnWrites;
import org.sksync.client.report.SyncListener;

/** What counts as a sync's own on disks that do not keep a file's time as it was offered. */
class OwnWritesListenerTest {

    private static final long OFFERED = 1_700_000_001_234L;

    private final OwnWrites own = new OwnWrites();

    /** Returns how the file is in its place after a sync that received it, on a disk that makes that of times. */
    private OwnWrites.State received(LongUnaryOperator disk) {
        OwnWrites.State kept = new OwnWrites.State(5, disk.applyAsLong(OFFERED));
        SyncListener listener = new OwnWritesListener(SyncListener.NONE, own, name -> Optional.of(kept));
        own.began();
        listener.coming("a.txt", 5, OFFERED);
        listener.received("a.txt", 5);
        return kept;
    }

    @Test
    void aRoundedTimeIsItsOwn() {
        OwnWrites.State kept = received(OwnWritesListenerTest::onFat);

        assertThat(kept.modifiedMillis()).isNotEqualTo(OFFERED);
        assertThat(own.left("a.txt", kept)).isTrue();
    }

    @Test
    void aChangeAfterItIsNot() {
        OwnWrites.State kept = received(OwnWritesListenerTest::onFat);

        assertThat(own.left("a.txt", new OwnWrites.State(5, kept.modifiedMillis() + 2_000)))
                .isFalse();
        assertThat(own.left("a.txt", new OwnWrites.State(6, kept.modifiedMillis())))
                .isFalse();
        assertThat(own.left("b.txt", kept)).isFalse();
    }

    @Test
    void anotherTimeThanARoundedOneIsSomebodyElses() {
        OwnWrites.State kept = received(millis -> millis + 60_000);

        assertThat(own.left("a.txt", kept)).isFalse();
    }

    @Test
    void aFileThatComesTwiceInARowIsItsOwnWhateverItsTime() {
        received(millis -> millis + 60_000);
        OwnWrites.State kept = received(millis -> millis + 70_000);

        assertThat(own.left("a.txt", kept)).isTrue();
        assertThat(own.left("a.txt", new OwnWrites.State(5, kept.modifiedMillis() + 1)))
                .isFalse();
    }

    @Test
    void aSyncBetweenBreaksTheRow() {
        received(millis -> millis + 60_000);
        own.began();
        OwnWrites.State kept = received(millis -> millis + 60_000);

        assertThat(own.left("a.txt", kept)).isFalse();
    }

    private static long onFat(long millis) {
        return millis / 2_000 * 2_000;
    }
}
