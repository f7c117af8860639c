package org.sksync.files.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.sksync.files.path.PathRefusedException;
import org.sksync.files.path.RelativePath;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.FileListing;

/**
 * A server's tree and those of one or two clients, changed and synced at random: plans carried out never lose what is
 * newest, and a sync that follows another finds nothing to do.
 *
 * <p>{@code -Dsksync.sequences=N} sets how many sequences run, {@code -Dsksync.seed=N} the first of their seeds.
 */
class ReplicaPlansTest {

    private static final int SEQUENCES = Integer.getInteger("sksync.sequences", 10_000);
    private static final long FIRST_SEED =
            Optional.ofNullable(Long.getLong("sksync.seed")).orElseGet(() -> new Random().nextLong());
    private static final int MOST_STEPS = 40;
    private static final long NOW = 1_400_000_000_000L;
    private static final List<RelativePath> PATHS =
            paths("a", "A", "a/b", "a/b/c", "b", "-rf *", "e\u0301", "\u00e9", "日本語/русский", "👩\u200d💻");

    /** One file: which of all writes made it, and its time. */
    private record Version(int write, long mtimeMillis) {}

    private static List<RelativePath> paths(String... texts) {
        List<RelativePath> paths = new ArrayList<>();
        for (String text : texts) {
            try {
                paths.add(RelativePath.of(text));
            } catch (PathRefusedException e) {
                throw new IllegalArgumentException(e);
            }
        }
        return paths;
    }

    @Test
    void loseNothingNewAndSettleAtOnce() {
        for (int i = 0; i < SEQUENCES; i++) {
            long seed = FIRST_SEED + i;
            try {
                new Sequence(seed).run();
            } catch (AssertionError e) {
                throw new AssertionError(
                        "seed " + seed + " (repeat with -Dsksync.sequences=1 -Dsksync.seed=" + seed + "): "
                                + e.getMessage(),
                        e);
            }
        }
    }

    /** One random history of all replicas. */
    private static final class Sequence {

        private final Random random;
        private final List<Map<RelativePath, Version>> replicas = new ArrayList<>();
        private int writes;

        Sequence(long seed) {
            random = new Random(seed);
            int count = 2 + random.nextInt(2);
            for (int i = 0; i < count; i++) {
                replicas.add(new TreeMap<>());
            }
        }

        void run() {
            int steps = 1 + random.nextInt(MOST_STEPS);
            for (int i = 0; i < steps; i++) {
                if (random.nextInt(3) == 0) {
                    sync();
                } else {
                    change(replicas.get(random.nextInt(replicas.size())));
                }
            }
        }

        private void change(Map<RelativePath, Version> replica) {
            RelativePath path = PATHS.get(random.nextInt(PATHS.size()));
            Version known = replica.get(path);
            switch (random.nextInt(8)) {
                case 0 -> replica.remove(path);
                case 1 -> {
                    if (known != null) {
                        replica.remove(path);
                        replica.put(PATHS.get(random.nextInt(PATHS.size())), known);
                    }
                }
                case 2 -> {
                    if (known != null) {
                        replica.put(path, new Version(known.write(), known.mtimeMillis() + window() - 2000));
                    }
                }
                case 3 -> replica.put(path, new Version(++writes, known == null ? NOW : known.mtimeMillis()));
                default -> replica.put(path, new Version(++writes, time()));
            }
        }

        private long window() {
            return random.nextInt(4001);
        }

        private long time() {
            return switch (random.nextInt(6)) {
                case 0 -> -62_135_596_800_000L;
                case 1 -> 253_402_300_799_999L;
                case 2 -> -1 - window();
                default -> NOW + window() - 2000;
            };
        }

        private void sync() {
            Map<RelativePath, Version> server = replicas.get(0);
            Map<RelativePath, Version> client = replicas.get(1 + random.nextInt(replicas.size() - 1));
            SyncPolicy policy = new SyncPolicy(
                    List.of(SyncDirection.values()).get(random.nextInt(3)),
                    List.of(TimeUse.values()).get(random.nextInt(2)),
                    Duration.ofSeconds(1 + random.nextInt(2)));
            List<Map<RelativePath, Version>> before = List.of(Map.copyOf(server), Map.copyOf(client));

            SyncPlan plan = Reconciler.plan(listing(server), listing(client), policy);
            carryOut(plan.toServer(), client, server);
            carryOut(plan.toClient(), before.get(0), client);

            assertNothingLost(before.get(0), server, before.get(1));
            assertNothingLost(before.get(1), client, before.get(0));
            assertThat(Reconciler.plan(listing(server), listing(client), policy))
                    .as("plan of a second sync")
                    .isEqualTo(new SyncPlan(List.of(), List.of()));
            if (policy.direction() == SyncDirection.BIDIRECTIONAL) {
                assertThat(server.keySet()).isEqualTo(client.keySet());
            }
        }

        private static FileListing listing(Map<RelativePath, Version> replica) {
            FileListing.Builder listing = FileListing.builder();
            replica.forEach(
                    (path, version) -> listing.add(new FileEntry(path, version.mtimeMillis(), FileEntry.UNKNOWN_SIZE)));
            return listing.build();
        }

        private static void carryOut(
                List<FileEntry> files, Map<RelativePath, Version> from, Map<RelativePath, Version> to) {
            for (FileEntry file : files) {
                to.put(file.path(), new Version(from.get(file.path()).write(), file.wholeSecondMillis()));
            }
        }

        /** What a side had it has still, or a version of the other side in its place that is newer. */
        private static void assertNothingLost(
                Map<RelativePath, Version> before, Map<RelativePath, Version> after, Map<RelativePath, Version> other) {
            for (RelativePath path : after.keySet()) {
                check(before.containsKey(path) || other.containsKey(path), path, "came from nowhere");
            }
            before.forEach((path, old) -> {
                Version now = after.get(path);
                check(now != null, path, "is gone");
                if (!now.equals(old)) {
                    check(now.write() == other.get(path).write(), path, "is of neither side");
                    check(seconds(now) > seconds(old), path, "replaced one that was not older");
                }
            });
        }

        private static long seconds(Version version) {
            return Math.floorDiv(version.mtimeMillis(), 1000L);
        }

        private static void check(boolean holds, RelativePath path, String what) {
            if (!holds) {
                throw new AssertionError("\"" + path + "\" " + what);
            }
        }
    }
}
