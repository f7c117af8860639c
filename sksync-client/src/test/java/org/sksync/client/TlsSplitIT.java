package org.sksync.client;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.testkit.NoLeaks;

/** A few of the places where what recorded servers said can be cut inside TLS; {@code -Psoak} takes them all. */
@ExtendWith(NoLeaks.class)
final class TlsSplitIT {
    private static final int PLACES = 60;

    @TempDir
    private Path temp;

    @Test
    void messagesCutAnywhereMeanTheSame() throws Exception {
        long seed = Long.getLong("sksync.seed", System.nanoTime());
        List<TlsSplits.Split> all = TlsSplits.all();
        List<TlsSplits.Split> some =
                new Random(seed).ints(PLACES, 0, all.size()).mapToObj(all::get).toList();
        try (TlsSplits splits = new TlsSplits(temp.toRealPath())) {
            for (TlsSplits.Split split : some) {
                try {
                    splits.play(split);
                } catch (AssertionError | Exception e) {
                    throw new AssertionError("seed " + seed + ", " + split, e);
                }
            }
        }
    }
}
