package org.sksync.files.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sksync.files.path.NameFolding;
import org.sksync.files.path.RelativePath;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.FileListing;
import org.sksync.files.scan.SkipReason;
import org.sksync.files.scan.SkippedFile;

/**
 * Names that are the same text in different Unicode forms, as macOS and others write them, name one file (ADR 26). A
 * pure function of the plan and the listings:
 *
 * <ul>
 *   <li>Where each side has such a name once, both files count as one: the newer replaces the older, and each side keeps
 *       its name.
 *   <li>Where a side has several, those travel whose very names the other side has too. Of the rest none does, for it
 *       would become a second file of one name; if the other side has none at all, the composed one does, or the first.
 * </ul>
 */
public final class NameForms {
    private final FileListing server;
    private final FileListing client;
    private final SyncPolicy policy;
    private final Map<String, Group> groups = new HashMap<>();
    private final Map<RelativePath, RelativePath> serverNames = new HashMap<>();
    private final List<SkippedFile> leftOut = new ArrayList<>();

    /** The files whose names are one text. */
    private static final class Group {
        private final List<FileEntry> onServer = new ArrayList<>(1);
        private final List<FileEntry> onClient = new ArrayList<>(1);
    }

    private NameForms(FileListing server, FileListing client, SyncPolicy policy) {
        this.server = server;
        this.client = client;
        this.policy = policy;
    }

    /** Returns what is left of a plan that {@link Reconciler} made of the same listings by the same policy. */
    public static SettledPlan settle(SyncPlan plan, FileListing server, FileListing client, SyncPolicy policy) {
        return new NameForms(server, client, policy).settle(plan);
    }

    private SettledPlan settle(SyncPlan plan) {
        plan.toServer().forEach(file -> concern(file, server));
        plan.toClient().forEach(file -> concern(file, client));
        if (groups.isEmpty()) {
            return new SettledPlan(plan, leftOut);
        }
        server.entries().forEach(file -> group(file).ifPresent(group -> group.onServer.add(file)));
        client.entries().forEach(file -> group(file).ifPresent(group -> group.onClient.add(file)));
        List<FileEntry> toServer =
                plan.toServer().stream().filter(this::goesToServer).toList();
        List<FileEntry> toClient =
                plan.toClient().stream().filter(this::goesToClient).toList();
        return new SettledPlan(new SyncPlan(toServer, toClient, serverNames), leftOut);
    }

    /** Takes note of a name that the receiver would get. */
    private void concern(FileEntry file, FileListing receiver) {
        String name = file.path().text();
        if (NameFolding.mayHaveForms(name) && receiver.find(file.path()).isEmpty()) {
            groups.computeIfAbsent(NameFolding.composed(name), key -> new Group());
        }
    }

    private Optional<Group> group(FileEntry file) {
        String name = file.path().text();
        return NameFolding.mayHaveForms(name)
                ? Optional.ofNullable(groups.get(NameFolding.composed(name)))
                : Optional.empty();
    }

    private boolean goesToServer(FileEntry file) {
        return group(file)
                .map(group -> goes(file, group, group.onClient, group.onServer))
                .orElse(true);
    }

    private boolean goesToClient(FileEntry file) {
        return group(file)
                .map(group -> goes(file, group, group.onServer, group.onClient))
                .orElse(true);
    }

    private boolean goes(FileEntry file, Group group, List<FileEntry> own, List<FileEntry> others) {
        if (others.stream().anyMatch(other -> other.path().equals(file.path()))) {
            return true;
        }
        if (own.size() == 1 && others.size() == 1) {
            if (!policy.replaces(file, others.get(0))) {
                return false;
            }
            serverNames.put(group.onClient.get(0).path(), group.onServer.get(0).path());
            return true;
        }
        if (others.isEmpty() && file.equals(preferred(own))) {
            return true;
        }
        leftOut.add(new SkippedFile(
                file.path().text(),
                SkipReason.NAME,
                "it would be a second file of one name, written in another Unicode form (NFC, NFD); rename or remove"
                        + " one of the two"));
        return false;
    }

    private static FileEntry preferred(List<FileEntry> files) {
        return files.stream()
                .filter(file -> NameFolding.composed(file.path().text())
                        .equals(file.path().text()))
                .findFirst()
                .orElse(files.get(0));
    }
}
