package org.sksync.files.plan;

import java.util.ArrayList;
import java.util.List;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.FileListing;

/**
 * The decision which files travel: a pure function, so a plan depends on nothing but the listings and the policy.
 *
 * <p>With times used, a file travels when the other side lacks it or when the sender's copy is newer by the modify
 * window or more; with times ignored, only when the other side lacks it (protocol: sync types). Times are compared in
 * whole seconds, since that is what the wire carries and what every known peer stores. What follows:
 *
 * <ul>
 *   <li>No path travels both ways: one copy can't be both missing and present, nor both newer and older.
 *   <li>No newer copy is replaced by an older one, and nothing is deleted.
 *   <li>Once a plan is carried out, planning again gives nothing.
 * </ul>
 *
 * <p>Where one side has a file and the other a directory of the same name, both are planned as missing; each receiver
 * finds its way barred and leaves the file out, so nothing is removed to make room.
 */
public final class Reconciler {
    private Reconciler() {}

    /** Returns the plan for the two sides' files. Both listings are sorted, so this is one walk along both. */
    public static SyncPlan plan(FileListing server, FileListing client, SyncPolicy policy) {
        List<FileEntry> toServer = new ArrayList<>();
        List<FileEntry> toClient = new ArrayList<>();
        boolean upload = policy.direction().filesToServer();
        boolean download = policy.direction().filesToClient();
        List<FileEntry> serverFiles = server.entries();
        List<FileEntry> clientFiles = client.entries();
        int s = 0;
        int c = 0;
        while (s < serverFiles.size() || c < clientFiles.size()) {
            int order = order(serverFiles, s, clientFiles, c);
            if (order < 0) {
                addIf(download, toClient, serverFiles.get(s++));
            } else if (order > 0) {
                addIf(upload, toServer, clientFiles.get(c++));
            } else {
                FileEntry onServer = serverFiles.get(s++);
                FileEntry onClient = clientFiles.get(c++);
                addIf(download && policy.replaces(onServer, onClient), toClient, onServer);
                addIf(upload && policy.replaces(onClient, onServer), toServer, onClient);
            }
        }
        return new SyncPlan(toServer, toClient);
    }

    private static int order(List<FileEntry> server, int s, List<FileEntry> client, int c) {
        if (s == server.size()) {
            return 1;
        }
        return c == client.size()
                ? -1
                : server.get(s).path().compareTo(client.get(c).path());
    }

    private static void addIf(boolean travels, List<FileEntry> list, FileEntry entry) {
        if (travels) {
            list.add(entry);
        }
    }
}
