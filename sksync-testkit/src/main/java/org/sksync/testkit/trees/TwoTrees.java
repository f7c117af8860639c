package org.sksync.testkit.trees;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.sksync.testkit.Side;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;
import org.sksync.testkit.Trees;

/**
 * A client's and a server's tree before a sync in both directions: files that only one of them has, files that are
 * newer on either side, files that are the same. Knows what each path may hold while a sync goes on and what it must
 * hold after one that was not disturbed. Immutable.
 */
public final class TwoTrees {
    private static final String OWN_DIRECTORY = ".sksync/";
    private static final String REPLACED_DIRECTORY = OWN_DIRECTORY + "replaced/";
    private static final long OLD_SECONDS = 1_300_000_000;
    private static final long NEW_SECONDS = 1_400_000_000;

    private final SortedMap<String, TreeFile> client;
    private final SortedMap<String, TreeFile> server;
    private final SortedMap<String, TreeFile> converged;

    private TwoTrees(SortedMap<String, TreeFile> client, SortedMap<String, TreeFile> server) {
        this.client = client;
        this.server = server;
        this.converged = new TreeMap<>(client);
        server.forEach((name, file) ->
                converged.merge(name, file, (one, other) -> one.mtimeSeconds() >= other.mtimeSeconds() ? one : other));
    }

    /** How many files of a kind there are, and how long they may be. */
    private record Kind(int files, int longestBytes) {}

    /** Returns trees with one small file of each kind: a sync takes the fewest steps that show all of them. */
    public static TwoTrees tiny(long seed) {
        return random(seed, List.of(new Kind(1, 6_000)));
    }

    /** Returns trees of some hundred kilobytes: two dozen small files, a few larger ones. */
    public static TwoTrees random(long seed) {
        return random(seed, List.of(new Kind(4, 6_000), new Kind(1, 120_000)));
    }

    /** Returns trees of some megabytes, so that a sync takes a while: as above, and larger files. */
    public static TwoTrees large(long seed) {
        return random(seed, List.of(new Kind(4, 6_000), new Kind(1, 120_000), new Kind(1, 3_000_000)));
    }

    private static TwoTrees random(long seed, List<Kind> kinds) {
        Random random = new Random(seed);
        SortedMap<String, TreeFile> client = new TreeMap<>();
        SortedMap<String, TreeFile> server = new TreeMap<>();
        for (Kind kind : kinds) {
            for (int i = 0; i < kind.files(); i++) {
                String name = kind.longestBytes() + "-" + i;
                client.put("only client/" + name, file(random, kind, NEW_SECONDS));
                server.put("only server/deep/" + name, file(random, kind, NEW_SECONDS));
                client.put("newer on client " + name, file(random, kind, NEW_SECONDS));
                server.put("newer on client " + name, file(random, kind, OLD_SECONDS));
                client.put("newer on server/" + name, file(random, kind, OLD_SECONDS));
                server.put("newer on server/" + name, file(random, kind, NEW_SECONDS));
            }
        }
        TreeFile same = file(random, kinds.get(0), OLD_SECONDS);
        client.put("same", same);
        server.put("same", same);
        return new TwoTrees(client, server);
    }

    private static TreeFile file(Random random, Kind kind, long mtimeSeconds) {
        byte[] content = new byte[random.nextInt(kind.longestBytes())];
        random.nextBytes(content);
        return TreeFile.of(content, mtimeSeconds + random.nextInt(1_000));
    }

    /** Writes both trees. */
    public void write(Path clientRoot, Path serverRoot) throws IOException {
        TreeFixture.write(clientRoot, client);
        TreeFixture.write(serverRoot, server);
    }

    /** Returns how many bytes of files go out from a side in one sync. */
    public long bytesFrom(Side sender) {
        SortedMap<String, TreeFile> from = treeOf(sender);
        SortedMap<String, TreeFile> to = treeOf(sender.other());
        return from.entrySet().stream()
                .filter(each -> Objects.equals(each.getValue(), converged.get(each.getKey()))
                        && !Objects.equals(each.getValue(), to.get(each.getKey())))
                .mapToLong(each -> each.getValue().length())
                .sum();
    }

    /**
     * Returns one line for each path that holds neither what it held before nor what it must hold in the end, or that is
     * gone.
     *
     * @throws IOException if a file cannot be read
     */
    public List<String> torn(Side side, Path root) throws IOException {
        Map<String, TreeFile> found = withoutOwn(TreeFixture.read(root));
        Map<String, TreeFile> before = treeOf(side);
        List<String> torn = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(found.keySet());
        names.addAll(before.keySet());
        for (String name : names) {
            TreeFile file = found.get(name);
            if (file == null) {
                torn.add(name + ": lost");
            } else if (!Objects.equals(file, before.get(name)) && !Objects.equals(file, converged.get(name))) {
                torn.add(name + ": " + file + " (before: " + before.get(name) + ", in the end: " + converged.get(name)
                        + ")");
            }
        }
        return torn;
    }

    /**
     * Checks that a tree holds what it must after an undisturbed sync.
     *
     * @throws AssertionError that names the differences
     */
    public void assertConverged(Path root) throws IOException {
        Trees.assertEqual(converged, withoutOwn(TreeFixture.read(root)));
    }

    /**
     * Returns the files that the program keeps in a tree for itself and should have taken away: temp files and locks.
     * Kept copies of replaced files are there on purpose.
     *
     * @throws IOException if the directory cannot be listed
     */
    public static List<String> leftovers(Path root) throws IOException {
        return TreeFixture.read(root).keySet().stream()
                .filter(name -> name.startsWith(OWN_DIRECTORY) && !name.startsWith(REPLACED_DIRECTORY))
                .toList();
    }

    private static SortedMap<String, TreeFile> withoutOwn(Map<String, TreeFile> tree) {
        SortedMap<String, TreeFile> rest = new TreeMap<>(tree);
        rest.keySet().removeIf(name -> name.startsWith(OWN_DIRECTORY));
        return rest;
    }

    private SortedMap<String, TreeFile> treeOf(Side side) {
        return side == Side.CLIENT ? client : server;
    }
}
