package org.sksync.cli.command;

import java.util.Optional;

/**
 * How far a sync is.
 *
 * @param stage what it does
 * @param sentFiles files that went
 * @param receivedFiles files that came
 * @param bytes what went and came, unfinished files included
 * @param sends how much will have been sent at the most; empty where that can't be told, or all was sent
 * @param file the file under way, if it is a long one
 */
record ProgressState(
        Stage stage, int sentFiles, int receivedFiles, long bytes, Optional<Bound> sends, Optional<LongFile> file) {

    /** What a sync does. */
    enum Stage {
        /** It connects, or logs in. */
        CONNECTING,
        /** It lists its files, and the server compares them with its own. */
        COMPARING,
        /** Files go to the server. */
        SENDING,
        /** Files come from the server. */
        RECEIVING
    }

    /**
     * A number of files that is not passed.
     *
     * @param bytes their lengths together
     */
    record Bound(int files, long bytes) {}

    /**
     * A file that takes a while.
     *
     * @param name as it is on the wire
     * @param bytes its length
     * @param doneBytes how much of it went or came
     */
    record LongFile(String name, long bytes, long doneBytes) {}

    /** Returns how many files went and came. */
    int files() {
        return sentFiles + receivedFiles;
    }
}
