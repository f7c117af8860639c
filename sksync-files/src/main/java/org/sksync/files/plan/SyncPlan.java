package org.sksync.files.plan;

import java.util.List;
import org.sksync.files.scan.FileEntry;

/**
 * The files that travel, each in one direction at most, in the order of their paths.
 *
 * @param toServer the client's entries of the files that go to the server
 * @param toClient the server's entries of the files that go to the client
 */
public record SyncPlan(List<FileEntry> toServer, List<FileEntry> toClient) {
    /** Copies the lists. */
    public SyncPlan {
        toServer = List.copyOf(toServer);
        toClient = List.copyOf(toClient);
    }
}
