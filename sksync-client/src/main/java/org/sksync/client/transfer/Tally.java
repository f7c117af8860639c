package org.sksync.client.transfer;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sksync.client.report.SyncFailedException;
import org.sksync.client.report.SyncListener;
import org.sksync.files.scan.SkippedFile;
import org.sksync.transport.tls.Fingerprint;

/** Counts what a sync has done so far, over all the sessions that it takes. Connection's thread, then the caller's. */
public final class Tally {

    private final SyncListener listener;
    private final Set<SkippedFile> skipped = new LinkedHashSet<>();
    private final Set<String> hints = new LinkedHashSet<>();
    private int receivedFiles;
    private long receivedBytes;
    private int sentFiles;
    private long sentBytes;

    /** Creates an empty tally that tells {@code listener} of each file. */
    public Tally(SyncListener listener) {
        this.listener = listener;
    }

    void going(String name, long bytes) {
        listener.going(name, bytes);
    }

    void coming(String name, long bytes, long modifiedMillis) {
        listener.coming(name, bytes, modifiedMillis);
    }

    void received(String name, long bytes) {
        receivedFiles++;
        receivedBytes += bytes;
        listener.received(name, bytes);
    }

    void sent(String name, long bytes) {
        sentFiles++;
        sentBytes += bytes;
        listener.sent(name, bytes);
    }

    void leftAtMost(int files, long bytes) {
        boolean known = files < Integer.MAX_VALUE;
        listener.sendsAtMost(known ? sentFiles + files : files, known ? sentBytes + bytes : bytes);
    }

    void skipped(SkippedFile file) {
        // A second session lists anew, and meets the same files again.
        if (skipped.add(file)) {
            listener.skipped(file);
        }
    }

    void hint(String sentence) {
        hints.add(sentence);
    }

    void moved(int bytes) {
        listener.moved(bytes);
    }

    void established(Optional<Fingerprint> server) throws SyncFailedException {
        listener.established(server);
    }

    /** Returns the number of files that came. */
    public int receivedFiles() {
        return receivedFiles;
    }

    /** Returns the bytes that came. */
    public long receivedBytes() {
        return receivedBytes;
    }

    /** Returns the number of files that went. */
    public int sentFiles() {
        return sentFiles;
    }

    /** Returns the bytes that went. */
    public long sentBytes() {
        return sentBytes;
    }

    /** Returns what the user should know though nothing went wrong. */
    public List<String> hints() {
        return List.copyOf(hints);
    }

    /** Returns the files that took no part. */
    public List<SkippedFile> skipped() {
        return List.copyOf(skipped);
    }
}
