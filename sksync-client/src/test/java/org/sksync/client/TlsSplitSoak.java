package org.sksync.client;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.figures.Figure;

/** Every place where what recorded servers said can be cut inside TLS. */
@ExtendWith(NoLeaks.class)
final class TlsSplitSoak {
    @TempDir
    private Path temp;

    @Test
    @Tag("F15")
    void messagesCutAnywhereMeanTheSame() throws Exception {
        List<TlsSplits.Split> all = TlsSplits.all();
        List<String> failures = new ArrayList<>();
        try (TlsSplits splits = new TlsSplits(temp.toRealPath())) {
            for (TlsSplits.Split split : all) {
                try {
                    splits.play(split);
                } catch (AssertionError | Exception e) {
                    failures.add(split + ": " + e);
                }
            }
        }
        Figure.of("F15", "every split point of what recorded servers said, TLS, the client")
                .target("identical result")
                .reached(all.size() + " sessions, " + failures.size() + " failures")
                .report(failures);
    }
}
