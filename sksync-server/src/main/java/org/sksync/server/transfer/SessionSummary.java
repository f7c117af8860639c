package org.sksync.server.transfer;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sksync.files.path.EscapedText;
import org.sksync.protocol.message.Recursion;
import org.sksync.protocol.message.SyncRequest;
import org.sksync.protocol.srp.UserName;

/**
 * How one session went.
 *
 * @param peer the client's address
 * @param user the name it logged in with; {@code -} without one, and for a name that was never confirmed
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

    private static final String NOTHING = "-";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._/@:+-]+");

    /**
     * Returns the summary of a session.
     *
     * @param user who the client is for sure
     * @param asked what it has asked for
     * @param moved the moving of files, if it has come to that
     */
    static SessionSummary of(
            String peer,
            Optional<UserName> user,
            Optional<SyncRequest> asked,
            Optional<Transfers> moved,
            int skipped,
            Duration duration,
            String outcome) {
        return new SessionSummary(
                peer,
                user.map(UserName::value).orElse(NOTHING),
                asked.map(SyncRequest::serverPath).orElse(NOTHING),
                asked.map(SessionSummary::typeOf).orElse(NOTHING),
                moved.map(Transfers::received).orElse(TransferCount.NONE),
                moved.map(Transfers::sent).orElse(TransferCount.NONE),
                skipped,
                duration,
                outcome);
    }

    private static String typeOf(SyncRequest request) {
        return request.type().configName() + (request.recursion() == Recursion.RECURSIVE ? "/recursive" : "");
    }

    /** Returns the one line of the log; what a peer sent is escaped, and quoted where it could pass for other fields. */
    public String line() {
        return "session " + peer + " user=" + word(user) + " path=" + word(serverPath) + " type=" + type + " received="
                + received.line() + " sent=" + sent.line() + " skipped=" + skipped + " " + duration.toMillis() / 1000.0
                + "s " + word(outcome);
    }

    /** Returns text as one word of a log line: escaped, and in quotes unless it holds harmless characters alone. */
    static String word(String text) {
        if (PLAIN.matcher(text).matches()) {
            return EscapedText.of(text);
        }
        return '"' + EscapedText.of(text).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
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
