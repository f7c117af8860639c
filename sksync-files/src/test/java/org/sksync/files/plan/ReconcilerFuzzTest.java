package org.sksync.files.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.sksync.files.path.PathRefusedException;
import org.sksync.files.path.RelativePath;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.FileListing;

/**
 * Any two listings under any policy: the plan is what the rules say, path by path.
 *
 * <p>An input is text: direction, use of times and modify window as three characters, then a line for each file: {@code
 * s} or {@code c} for the side, the time, a space, the name. Lines that are none are passed over.
 */
class ReconcilerFuzzTest {

    private static final BigInteger MILLIS = BigInteger.valueOf(1000);

    static Stream<byte[]> listings() {
        List<String> headers = new ArrayList<>();
        for (int direction = 0; direction < 3; direction++) {
            for (int times = 0; times < 2; times++) {
                headers.add("" + direction + times + "0");
            }
        }
        headers.add("002");
        String files = """

                s1000000 both
                c1000000 both
                s1000999 same second
                c1000000 same second
                s1001000 one newer
                c1000999 one newer
                s1000000 two newer
                c1002000 two newer
                s-1 before
                c-1001 before
                s-62135596800000 extremes
                c253402300799999 extremes
                c-62135596800000 extremes too
                s253402300799999 extremes too
                s5 only server
                c5 only client
                s5 a
                c5 a/b
                s5 A
                s5 a/b/c
                s6 only server
                c1 日本語
                s2 e\u0301
                c2 \u00e9
                """;
        String beyond = """

                s-9223372036854775808 extremes
                c9223372036854775807 extremes
                c-9223372036854775808 extremes too
                s9223372036854775807 extremes too
                s-9223372036854775808 only server
                """;
        return headers.stream()
                .flatMap(header -> Stream.of(header, header + files, header + beyond))
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("listings")
    @FuzzTest
    void plansWhatTheRulesSay(byte[] input) {
        List<String> lines = new String(input, UTF_8).lines().toList();
        if (lines.isEmpty() || lines.get(0).length() < 3) {
            return;
        }
        SyncPolicy policy = policy(lines.get(0));
        List<FileEntry> onServer = new ArrayList<>();
        List<FileEntry> onClient = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            entry(line).ifPresent(entry -> (line.charAt(0) == 's' ? onServer : onClient).add(entry));
        }
        FileListing serverFiles = listing(onServer);
        FileListing clientFiles = listing(onClient);

        SyncPlan plan = Reconciler.plan(serverFiles, clientFiles, policy);

        assertThat(plan).isEqualTo(byTheRules(serverFiles, clientFiles, policy));
        assertThat(Collections.disjoint(paths(plan.toServer()), paths(plan.toClient())))
                .isTrue();
        assertThat(Reconciler.plan(clientFiles, serverFiles, mirrored(policy)))
                .isEqualTo(new SyncPlan(plan.toClient(), plan.toServer()));
        if (isTellable(serverFiles) && isTellable(clientFiles)) {
            FileListing serverAfter = after(serverFiles, plan.toServer());
            FileListing clientAfter = after(clientFiles, plan.toClient());
            assertThat(Reconciler.plan(serverAfter, clientAfter, policy)).isEqualTo(new SyncPlan(List.of(), List.of()));
        }
    }

    private static SyncPolicy policy(String header) {
        return new SyncPolicy(
                List.of(SyncDirection.values()).get(header.charAt(0) % 3),
                List.of(TimeUse.values()).get(header.charAt(1) % 2),
                Duration.ofSeconds(1 + header.charAt(2) % 8));
    }

    private static Optional<FileEntry> entry(String line) {
        int space = line.indexOf(' ');
        if (space < 2 || (line.charAt(0) != 's' && line.charAt(0) != 'c')) {
            return Optional.empty();
        }
        try {
            return Optional.of(new FileEntry(
                    RelativePath.of(line.substring(space + 1)),
                    Long.parseLong(line.substring(1, space)),
                    FileEntry.UNKNOWN_SIZE));
        } catch (PathRefusedException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The order in which a side names its files, and what it says of a file the second time, do not count. */
    private static FileListing listing(List<FileEntry> entries) {
        FileListing.Builder builder = FileListing.builder();
        List<FileEntry> first = new ArrayList<>();
        for (FileEntry entry : entries) {
            boolean added = builder.add(entry);
            assertThat(added)
                    .isEqualTo(first.stream().noneMatch(known -> known.path().equals(entry.path())));
            if (added) {
                first.add(entry);
            }
        }
        FileListing.Builder backwards = FileListing.builder();
        Collections.reverse(first);
        first.forEach(backwards::add);
        FileListing listing = builder.build();
        assertThat(backwards.build().entries()).isEqualTo(listing.entries());
        assertThat(listing.entries())
                .allMatch(entry -> listing.find(entry.path()).equals(Optional.of(entry)));
        return listing;
    }

    private static SyncPlan byTheRules(FileListing server, FileListing client, SyncPolicy policy) {
        TreeSet<RelativePath> all = new TreeSet<>(paths(server.entries()));
        all.addAll(paths(client.entries()));
        List<FileEntry> toServer = new ArrayList<>();
        List<FileEntry> toClient = new ArrayList<>();
        for (RelativePath path : all) {
            Optional<FileEntry> there = server.find(path);
            Optional<FileEntry> here = client.find(path);
            if (policy.direction() != SyncDirection.FROM_SERVER && travels(here, there, policy)) {
                toServer.add(here.orElseThrow());
            }
            if (policy.direction() != SyncDirection.TO_SERVER && travels(there, here, policy)) {
                toClient.add(there.orElseThrow());
            }
        }
        return new SyncPlan(toServer, toClient);
    }

    private static boolean travels(Optional<FileEntry> own, Optional<FileEntry> other, SyncPolicy policy) {
        if (own.isEmpty() || other.isEmpty()) {
            return own.isPresent();
        }
        BigInteger newerBy = seconds(own.get()).subtract(seconds(other.get()));
        return policy.times() == TimeUse.USED
                && newerBy.compareTo(BigInteger.valueOf(policy.modifyWindow().toSeconds())) >= 0;
    }

    /** Whole seconds, rounded down also before 1970. */
    private static BigInteger seconds(FileEntry entry) {
        BigInteger millis = BigInteger.valueOf(entry.mtimeMillis());
        return millis.subtract(millis.mod(MILLIS)).divide(MILLIS);
    }

    /** No other times are listed or sent; the second of the earliest long is one that milliseconds can't express. */
    private static boolean isTellable(FileListing listing) {
        return listing.entries().stream().allMatch(entry -> FileEntry.isTellable(entry.mtimeMillis()));
    }

    private static SyncPolicy mirrored(SyncPolicy policy) {
        SyncDirection direction =
                switch (policy.direction()) {
                    case BIDIRECTIONAL -> SyncDirection.BIDIRECTIONAL;
                    case TO_SERVER -> SyncDirection.FROM_SERVER;
                    case FROM_SERVER -> SyncDirection.TO_SERVER;
                };
        return new SyncPolicy(direction, policy.times(), policy.modifyWindow());
    }

    private static FileListing after(FileListing before, List<FileEntry> received) {
        FileListing.Builder after = FileListing.builder();
        for (FileEntry entry : received) {
            after.add(new FileEntry(entry.path(), entry.wholeSecondMillis(), entry.size()));
        }
        before.entries().forEach(after::add);
        return after.build();
    }

    private static List<RelativePath> paths(List<FileEntry> entries) {
        return entries.stream().map(FileEntry::path).toList();
    }
}
