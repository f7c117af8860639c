package org.sksync.server.transfer;

import java.time.Duration;
import org.sksync.files.path.EscapedText;

/**
 * How one session went.
 *
 * @param peer the client's address
 * @param user the name it logged in with; {@code -} without one
 * @param serverPath the directory it asked for; {@code -} before it did
 * @param type the sync type's name and {@code recursive} or not; {@code -} before it asked
 * @param received files and bytes that came from the client
 * @param sent files and bytes that went to the client
 * @param skipped files that took no part
 * @param duration from connection to end
 * @param outcome {@code done}, or what went wrong
 */
public record SessionSummary(
        String peer,
        String user,
        String serverPath,
        String type,
        TransferCount received,
        TransferCount sent,
        int skipped,
        Duration duration,
        String outcome) {

    /** Returns the one line of the log, with whatever a peer sent escaped. */
    public String line() {
        return "session " + peer + " user=" + EscapedText.of(user) + " path=" + EscapedText.of(serverPath) + " type="
                + type + " received=" + received.line() + " sent=" + sent.line() + " skipped=" + skipped + " "
                + duration.toMillis() / 1000.0 + "s " + EscapedText.of(outcome);
    }

    /**
     * Files and their bytes.
     *
     * @param files how many
     * @param bytes their lengths together
     */
    public record TransferCount(int files, long bytes) {

        /** Nothing yet. */
        public static final TransferCount NONE = new TransferCount(0, 0);

        /** Returns the count with one more file. */
        public TransferCount plus(long fileBytes) {
            return new TransferCount(files + 1, bytes + fileBytes);
        }

        String line() {
            return files + "/" + bytes + "B";
        }
    }
}
