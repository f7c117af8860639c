package org.sksync.testkit;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Trees of files on a disk and as maps from name to file.
 *
 * <p>A name is relative, with {@code /} between its parts on every platform. The maps that come out are sorted by name
 * and cannot be changed, so two trees compare with {@code isEqualTo}.
 */
public final class TreeFixture {
    private TreeFixture() {}

    /**
     * Writes all files with their times, and the directories that they need. What is there already and not in the tree
     * stays.
     *
     * @throws IOException if a file cannot be written
     */
    public static void write(Path directory, Map<String, TreeFile> tree) throws IOException {
        Files.createDirectories(directory);
        for (Map.Entry<String, TreeFile> entry : tree.entrySet()) {
            Path file = resolve(directory, entry.getKey());
            Path parent = file.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.write(file, entry.getValue().content());
            Files.setLastModifiedTime(
                    file, FileTime.from(Instant.ofEpochSecond(entry.getValue().mtimeSeconds())));
        }
    }

    /**
     * Reads all regular files, their times cut to whole seconds. Links are neither followed nor part of the tree.
     *
     * @throws IOException if a file cannot be read
     */
    public static SortedMap<String, TreeFile> read(Path directory) throws IOException {
        SortedMap<String, TreeFile> tree = new TreeMap<>();
        for (Path path : beneath(directory)) {
            if (Files.isRegularFile(path, NOFOLLOW_LINKS)) {
                tree.put(name(directory, path), TreeFile.of(Files.readAllBytes(path), mtimeSeconds(path)));
            }
        }
        return Collections.unmodifiableSortedMap(tree);
    }

    /**
     * Lists everything beneath a directory that is no regular file: directories (empty ones too), links and special
     * files. Shows what a program left behind besides the files of {@link #read}.
     *
     * @throws IOException if the directory cannot be listed
     */
    public static Set<String> others(Path directory) throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path path : beneath(directory)) {
            if (!Files.isRegularFile(path, NOFOLLOW_LINKS)) {
                names.add(name(directory, path));
            }
        }
        return Collections.unmodifiableSet(names);
    }

    /** Returns a sorted copy that cannot be changed. */
    static SortedMap<String, TreeFile> sorted(Map<String, TreeFile> tree) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(tree));
    }

    /** Returns the names of all regular files, in a set of the caller's own. */
    static Set<String> names(Path directory) throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path path : beneath(directory)) {
            if (Files.isRegularFile(path, NOFOLLOW_LINKS)) {
                names.add(name(directory, path));
            }
        }
        return names;
    }

    static long mtimeSeconds(Path file) throws IOException {
        return Files.getLastModifiedTime(file, NOFOLLOW_LINKS).toInstant().getEpochSecond();
    }

    static Path resolve(Path directory, String name) {
        Path path = directory;
        for (String part : name.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                throw new IllegalArgumentException(
                        "name: \"" + name + "\" (expected: relative, parts joined by '/', none empty, '.' or '..')");
            }
            path = path.resolve(part);
        }
        return path;
    }

    private static String name(Path directory, Path path) {
        Path relative = directory.relativize(path);
        StringBuilder name = new StringBuilder();
        for (Path part : relative) {
            if (name.length() > 0) {
                name.append('/');
            }
            name.append(part);
        }
        return name.toString();
    }

    private static List<Path> beneath(Path directory) throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            return walk.filter(path -> !path.equals(directory)).toList();
        }
    }
}
