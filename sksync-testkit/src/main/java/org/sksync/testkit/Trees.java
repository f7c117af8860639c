package org.sksync.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Random trees from a seed, and what is different between two trees. */
public final class Trees {
    /** Pieces of names: one row for each script or peculiarity. None holds a character that Windows forbids. */
    private static final List<String> WORDS = List.of(
            "notes",
            "IMG_2009",
            "a b",
            "x",
            "Makefile",
            "read.me",
            "archive.tar.gz",
            "-rf",
            "$HOME",
            "#1",
            "50%",
            "it's",
            "[draft]",
            "{a,b}",
            "semi;colon",
            "comma,",
            "plus+",
            "at@",
            "tilde~",
            "caret^",
            "café",
            "naïve",
            "Übergröße",
            "smörgåsbord",
            "œuvre",
            "señor",
            "€ 5",
            "“quoted”",
            "½",
            "ﬁne",
            "Żółć",
            "Příliš",
            "ğüş",
            "ελληνικά",
            "русский",
            "українська",
            "עברית",
            "العربية",
            "فارسی",
            "हिन्दी",
            "ไทย",
            "ქართული",
            "հայերեն",
            "日本語",
            "中文",
            "한국어",
            "酒",
            "ễ",
            "e\u0301",
            "😀",
            "👩\u200d💻",
            "𝔘𝔫𝔦",
            "𠀋");

    private static final int[] LENGTHS = {0, 1, 2, 100, 4_095, 4_096, 4_097, 65_535, 65_536, 65_537};
    private static final long FIRST_MTIME_SECONDS = 315_619_200; // 1980-01-02: FAT knows no earlier year
    private static final long LAST_MTIME_SECONDS = 2_145_916_800; // 2038-01-01: some peers count in 32 bits
    private static final int DEEPEST = 5;
    private static final int MOST_SHOWN = 20;

    private Trees() {}

    /** Returns the same tree for the same seed and count, with names of every script. */
    public static SortedMap<String, TreeFile> random(long seed, int files) {
        return random(seed, files, UTF_8);
    }

    /**
     * Returns the same tree for the same arguments: files of 0 to 65,537 bytes, most of them short, up to five
     * directories deep, with whole-second times from 1980 to 2037. No two names are the same on a file system that
     * ignores case or normalises Unicode, and none is both a file and a directory.
     *
     * @param names what can carry every name: UTF-8, windows-1252
     */
    public static SortedMap<String, TreeFile> random(long seed, int files, Charset names) {
        Random random = new Random(seed);
        List<String> words = carriedBy(names);
        List<String> directories = new ArrayList<>(List.of(""));
        Set<String> taken = new HashSet<>();
        SortedMap<String, TreeFile> tree = new TreeMap<>();
        while (tree.size() < files) {
            String directory = directories.get(random.nextInt(directories.size()));
            String name = directory + words.get(random.nextInt(words.size())) + suffix(random);
            if (!taken.add(folded(name))) {
                continue;
            }
            boolean deeper = directory.chars().filter(c -> c == '/').count() < DEEPEST;
            if (deeper && random.nextInt(6) == 0) {
                directories.add(name + '/');
            } else {
                tree.put(name, file(random));
            }
        }
        return TreeFixture.sorted(tree);
    }

    /** Returns one line for each difference, by name; empty if the trees are equal. */
    public static List<String> differences(Map<String, TreeFile> expected, Map<String, TreeFile> actual) {
        List<String> differences = new ArrayList<>();
        Set<String> names = new TreeSet<>(expected.keySet());
        names.addAll(actual.keySet());
        for (String name : names) {
            TreeFile wanted = expected.get(name);
            TreeFile found = actual.get(name);
            if (wanted == null) {
                differences.add(name + ": unexpected, " + found);
            } else if (found == null) {
                differences.add(name + ": missing");
            } else if (!wanted.equals(found)) {
                differences.add(name + ": " + found + " (expected: " + wanted + ")");
            }
        }
        return List.copyOf(differences);
    }

    /**
     * Returns one line for each difference between two directories: names of regular files, content, whole-second times.
     * Holds no file in memory, so files may be larger than the heap. Links and empty directories are passed over.
     *
     * @throws IOException if a file cannot be read
     */
    public static List<String> differences(Path expected, Path actual) throws IOException {
        List<String> differences = new ArrayList<>();
        Set<String> names = TreeFixture.names(expected);
        names.addAll(TreeFixture.names(actual));
        for (String name : names) {
            Path wanted = TreeFixture.resolve(expected, name);
            Path found = TreeFixture.resolve(actual, name);
            if (!Files.isRegularFile(wanted, NOFOLLOW_LINKS)) {
                differences.add(name + ": unexpected");
            } else if (!Files.isRegularFile(found, NOFOLLOW_LINKS)) {
                differences.add(name + ": missing");
            } else {
                compare(name, wanted, found, differences);
            }
        }
        return List.copyOf(differences);
    }

    /**
     * Checks that two trees are equal.
     *
     * @throws AssertionError that names the first differences
     */
    public static void assertEqual(Map<String, TreeFile> expected, Map<String, TreeFile> actual) {
        fail(differences(expected, actual));
    }

    /**
     * Checks that two directories hold equal trees.
     *
     * @throws AssertionError that names the first differences
     * @throws IOException if a file cannot be read
     */
    public static void assertEqual(Path expected, Path actual) throws IOException {
        fail(differences(expected, actual));
    }

    private static void compare(String name, Path wanted, Path found, List<String> differences) throws IOException {
        long mismatch = Files.mismatch(wanted, found);
        if (mismatch >= 0) {
            differences.add(name + ": content from byte " + mismatch + " on, " + Files.size(found)
                    + " bytes (expected: " + Files.size(wanted) + ")");
        }
        long wantedSeconds = TreeFixture.mtimeSeconds(wanted);
        long foundSeconds = TreeFixture.mtimeSeconds(found);
        if (wantedSeconds != foundSeconds) {
            differences.add(name + ": mtime " + foundSeconds + " s (expected: " + wantedSeconds + ")");
        }
    }

    private static void fail(List<String> differences) {
        if (!differences.isEmpty()) {
            String shown = String.join(
                    System.lineSeparator() + "  ", differences.subList(0, Math.min(MOST_SHOWN, differences.size())));
            throw new AssertionError(differences.size() + " differences:" + System.lineSeparator() + "  " + shown);
        }
    }

    private static List<String> carriedBy(Charset names) {
        CharsetEncoder encoder = names.newEncoder();
        return WORDS.stream().filter(encoder::canEncode).toList();
    }

    private static String suffix(Random random) {
        return random.nextInt(3) == 0 ? "" : "-" + random.nextInt(1_000_000);
    }

    private static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    private static TreeFile file(Random random) {
        int length = random.nextInt(4) == 0 ? LENGTHS[random.nextInt(LENGTHS.length)] : random.nextInt(2_000);
        byte[] content = new byte[length];
        random.nextBytes(content);
        long range = LAST_MTIME_SECONDS - FIRST_MTIME_SECONDS;
        return TreeFile.of(content, FIRST_MTIME_SECONDS + (long) (random.nextDouble() * range));
    }
}
