package org.sksync.files.scan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sksync.files.path.PlainText;
import org.sksync.files.path.RelativePath;

/** The files of one side of a sync, sorted by path and each path once. Immutable. */
public final class FileListing {
    // Measured on a 64-bit JVM with compressed references: entry, path, text and their places in the arrays.
    private static final int FILE_BYTES = 104;

    private final List<FileEntry> entries;

    private FileListing(List<FileEntry> entries) {
        this.entries = entries;
    }

    /**
     * Returns about how many bytes of memory a file of this name takes while a listing is made; in the listing itself it
     * takes {@value Builder#BYTES_PER_FILE} less.
     */
    public static long memoryBytes(String name) {
        int bytesPerChar = PlainText.is(name) || isLatin(name) ? 1 : 2;
        return FILE_BYTES + Builder.BYTES_PER_FILE + (long) bytesPerChar * name.length();
    }

    private static boolean isLatin(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) > 0xff) {
                return false;
            }
        }
        return true;
    }

    /** Returns a builder without files. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the files in the order of their paths. */
    public List<FileEntry> entries() {
        return entries;
    }

    /** Returns the number of files. */
    public int size() {
        return entries.size();
    }

    /** Returns the file of this path, or empty if the listing has none. */
    public Optional<FileEntry> find(RelativePath path) {
        int low = 0;
        int high = entries.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            FileEntry entry = entries.get(middle);
            int order = entry.path().compareTo(path);
            if (order == 0) {
                return Optional.of(entry);
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }

    /** Returns the files that {@code kept} accepts; this listing itself, if those are all. */
    public FileListing filter(Predicate<FileEntry> kept) {
        List<FileEntry> left = new ArrayList<>();
        for (FileEntry entry : entries) {
            if (kept.test(entry)) {
                left.add(entry);
            }
        }
        return left.size() == entries.size() ? this : new FileListing(List.copyOf(left));
    }

    /** A listing in the making. Not thread-safe. */
    public static final class Builder {
        /** What each file takes of memory as long as the builder lives, beside what the listing takes. */
        public static final int BYTES_PER_FILE = 44;

        private final List<FileEntry> entries = new ArrayList<>();
        // Only once a file comes out of order: listings mostly come sorted, and then no path can come twice unseen. A
        // hash set of comparable keys stays logarithmic when a peer picks names with equal hashes.
        private @Nullable Set<RelativePath> paths;

        private Builder() {}

        /**
         * Adds a file, in any order, and returns true; returns false and adds nothing if its path is there already. A
         * peer that lists a path twice breaks the protocol.
         */
        public boolean add(FileEntry entry) {
            Set<RelativePath> known = paths;
            if (known == null) {
                int order = entries.isEmpty()
                        ? 1
                        : entry.path().compareTo(entries.get(entries.size() - 1).path());
                if (order == 0) {
                    return false;
                }
                if (order > 0) {
                    return entries.add(entry);
                }
                known = new HashSet<>();
                for (FileEntry earlier : entries) {
                    known.add(earlier.path());
                }
                paths = known;
            }
            return known.add(entry.path()) && entries.add(entry);
        }

        /** Returns the number of files so far. */
        public int size() {
            return entries.size();
        }

        /** Returns the listing of the files added so far. */
        public FileListing build() {
            FileEntry[] sorted = entries.toArray(new FileEntry[0]);
            if (paths != null) {
                Arrays.sort(sorted, Comparator.comparing(FileEntry::path));
            }
            return new FileListing(List.of(sorted));
        }
    }
}
