package org.sksync.files.plan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.sksync.files.path.NameFolding;
import org.sksync.files.path.RelativePath;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.FileListing;
import org.sksync.files.scan.SkipReason;
import org.sksync.files.scan.SkippedFile;

/**
 * Files whose names differ only in how they are spelled, so that Windows, macOS and Android's cards take them for one
 * (ADR 26). Pure functions, but for what a disk is asked.
 */
public final class CaseTwins {
    /** More of them are no accident, and one pair is all that is told. */
    private static final int MAX_LOOKED_AT = 1000;

    /** What keeps a file from being stored. */
    @FunctionalInterface
    public interface Hindrance {
        /** Returns a sentence part that is safe to log; empty if nothing is in the way. */
        Optional<String> of(RelativePath path) throws IOException;
    }

    private CaseTwins() {}

    /**
     * Returns what to tell of a side's files if there are twins among them: a warning that names the first two.
     *
     * @param listing the side's files
     * @param travels whether a file goes to the other side; of twins one at least must
     */
    public static Optional<String> warning(FileListing listing, Predicate<RelativePath> travels) {
        long[] hashes = new long[listing.size()];
        int count = 0;
        for (FileEntry entry : listing.entries()) {
            hashes[count++] = NameFolding.hash(entry.path().text());
        }
        Arrays.sort(hashes);
        Set<Long> twice = new HashSet<>();
        for (int i = 1; i < hashes.length && twice.size() < MAX_LOOKED_AT; i++) {
            if (hashes[i] == hashes[i - 1]) {
                twice.add(hashes[i]);
            }
        }
        return twice.isEmpty() ? Optional.empty() : firstPair(listing, twice, travels);
    }

    private static Optional<String> firstPair(FileListing listing, Set<Long> hashes, Predicate<RelativePath> travels) {
        Map<String, RelativePath> seen = new HashMap<>();
        for (FileEntry entry : listing.entries()) {
            RelativePath path = entry.path();
            if (seen.size() < MAX_LOOKED_AT && hashes.contains(NameFolding.hash(path.text()))) {
                RelativePath twin = seen.putIfAbsent(NameFolding.folded(path.text()), path);
                if (twin != null && (travels.test(twin) || travels.test(path))) {
                    return Optional.of("\"" + twin + "\" and \"" + path + "\" may be one file on Windows, macOS and"
                            + " Android's cards, where one would replace the other; rename one of them");
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Returns what is left of a plan where the server's disk takes different names for one file: whatever would be
     * stored in the place of another file is left out, and that other file as well if the client lacks it, for the two
     * may be one over there too.
     *
     * @param server the server's files
     * @param client the client's files
     * @param hindrance what the server's disk has in the way of a file that its listing lacks
     * @throws IOException if the disk fails
     */
    public static SettledPlan leaveOut(SyncPlan plan, FileListing server, FileListing client, Hindrance hindrance)
            throws IOException {
        Map<RelativePath, String> barred = new LinkedHashMap<>();
        for (FileEntry file : plan.toServer()) {
            RelativePath stored = plan.onServer(file.path());
            if (server.find(stored).isEmpty()) {
                hindrance.of(stored).ifPresent(why -> barred.put(file.path(), why));
            }
        }
        if (barred.isEmpty()) {
            return new SettledPlan(plan, List.of());
        }
        Map<String, RelativePath> twins = twins(server, barred.keySet());
        List<SkippedFile> leftOut = new ArrayList<>();
        barred.forEach((path, why) -> {
            RelativePath twin = twins.get(NameFolding.folded(path.text()));
            leftOut.add(new SkippedFile(path.text(), SkipReason.NAME, twin == null ? why : sameAs(twin)));
        });
        List<FileEntry> toClient = plan.toClient().stream()
                .filter(file -> client.find(file.path()).isPresent()
                        || !Optional.of(file.path())
                                .equals(Optional.ofNullable(
                                        twins.get(NameFolding.folded(file.path().text())))))
                .toList();
        List<FileEntry> toServer = plan.toServer().stream()
                .filter(file -> !barred.containsKey(file.path()))
                .toList();
        return new SettledPlan(new SyncPlan(toServer, toClient, plan.serverNames()), leftOut);
    }

    /** Returns what to tell of a file that would land on another one. */
    public static String sameAs(RelativePath twin) {
        return "this disk takes it for \"" + twin
                + "\", which differs only in how it is spelled; rename one of the two";
    }

    /** Returns the listed file that a disk may take for another one, which is not listed, by how it is spelled. */
    public static Optional<RelativePath> twinOf(RelativePath unlisted, FileListing listing) {
        long hash = NameFolding.hash(unlisted.text());
        String folded = NameFolding.folded(unlisted.text());
        return listing.entries().stream()
                .map(FileEntry::path)
                .filter(path -> NameFolding.hash(path.text()) == hash
                        && NameFolding.folded(path.text()).equals(folded))
                .findFirst();
    }

    /** Returns the files that differ from the names only in how they are spelled, by what is the same for both. */
    private static Map<String, RelativePath> twins(FileListing listing, Collection<RelativePath> names) {
        Set<String> folded = new HashSet<>();
        names.forEach(name -> folded.add(NameFolding.folded(name.text())));
        Map<String, RelativePath> twins = new HashMap<>();
        for (FileEntry entry : listing.entries()) {
            String same = NameFolding.folded(entry.path().text());
            if (folded.contains(same)) {
                twins.put(same, entry.path());
            }
        }
        return twins;
    }
}
