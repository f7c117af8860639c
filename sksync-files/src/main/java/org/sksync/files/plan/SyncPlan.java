package org.sksync.files.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sksync.files.path.RelativePath;
import org.sksync.files.scan.FileEntry;

/**
 * The files that travel, each in one direction at most, in the order of their paths.
 *
 * @param toServer the client's entries of the files that go to the server
 * @param toClient the server's entries of the files that go to the client
 * @param serverNames the server's names of those files that both sides have in different Unicode forms, by the client's
 *     names; mostly empty. On the wire a file has the client's name
 */
public record SyncPlan(
        List<FileEntry> toServer, List<FileEntry> toClient, Map<RelativePath, RelativePath> serverNames) {
    /** Copies the collections. */
    public SyncPlan {
        toServer = List.copyOf(toServer);
        toClient = List.copyOf(toClient);
        serverNames = Map.copyOf(serverNames);
    }

    /** Creates the plan for sides that name their files alike. */
    public SyncPlan(List<FileEntry> toServer, List<FileEntry> toClient) {
        this(toServer, toClient, Map.of());
    }

    /** Returns the plan with other files that go to the server. */
    public SyncPlan withToServer(List<FileEntry> files) {
        return new SyncPlan(files, toClient, serverNames);
    }

    /** Returns where the server has, or will have, a file that the client calls {@code path}. */
    public RelativePath onServer(RelativePath path) {
        return serverNames.getOrDefault(path, path);
    }

    /** Returns the client's names of the files that the server calls otherwise, by the server's names. */
    public Map<RelativePath, RelativePath> clientNames() {
        Map<RelativePath, RelativePath> names = new HashMap<>();
        serverNames.forEach((client, server) -> names.put(server, client));
        return names;
    }
}
