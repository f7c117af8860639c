package org.sksync.protocol.session;

import java.util.Locale;
import org.sksync.protocol.session.SyncProtocolException.Reason;

/**
 * Where a session stands, seen by either end: messages that it sends and messages that it receives move it alike.
 *
 * <pre>
 * START --LOGIN_START--> CHALLENGING --LOGIN_CHALLENGE--> PROVING --LOGIN_PROOF--> CONFIRMING
 *       CONFIRMING --LOGIN_CONFIRMATION--> LOGGED_IN
 *       START, CHALLENGING, PROVING, CONFIRMING, GREETED --REFUSAL--> ENDED
 * START, LOGGED_IN --GREETING--> GREETED --ESTABLISHED--> ESTABLISHED --SYNC_REQUEST--> LISTING
 *       LISTING --CHECKSUM_CHOICE, LISTED_FILE--> LISTING --LISTING_END--> UPLOADING
 *       UPLOADING --FILE_REQUEST, FILE_REPLY, FILE_CONTENT, FILE_END--> UPLOADING --REQUESTS_END--> DOWNLOADING
 *       DOWNLOADING --FILE_OFFER, FILE_CONTENT, FILE_END--> DOWNLOADING --OFFERS_END--> ENDED
 * </pre>
 */
public enum SessionState {
    /** Connected; nothing has been said. */
    START,
    /** A login was opened; the challenge is due. */
    CHALLENGING,
    /** The challenge is out; the client's proof is due. */
    PROVING,
    /** The proof is out; the server's own proof is due. */
    CONFIRMING,
    /** Both have proven that they know the verifier; the greeting is due. */
    LOGGED_IN,
    /** The level is picked; the server's answer is due, which is a refusal where a login was demanded. */
    GREETED,
    /** The request is due. */
    ESTABLISHED,
    /** The client lists its files. */
    LISTING,
    /** The server asks for files, the client sends them. */
    UPLOADING,
    /** The server gives files. */
    DOWNLOADING,
    /** Nothing may follow. */
    ENDED;

    /**
     * Returns the state after {@code event}.
     *
     * @throws SyncProtocolException if the event may not happen in this state
     */
    public SessionState next(SessionEvent event) throws SyncProtocolException {
        SessionState next =
                switch (this) {
                    case START ->
                        switch (event) {
                            case LOGIN_START -> CHALLENGING;
                            case GREETING -> GREETED;
                            case REFUSAL -> ENDED;
                            default -> null;
                        };
                    case CHALLENGING ->
                        switch (event) {
                            case LOGIN_CHALLENGE -> PROVING;
                            case REFUSAL -> ENDED;
                            default -> null;
                        };
                    case PROVING ->
                        switch (event) {
                            case LOGIN_PROOF -> CONFIRMING;
                            case REFUSAL -> ENDED;
                            default -> null;
                        };
                    case CONFIRMING ->
                        switch (event) {
                            case LOGIN_CONFIRMATION -> LOGGED_IN;
                            case REFUSAL -> ENDED;
                            default -> null;
                        };
                    case LOGGED_IN -> event == SessionEvent.GREETING ? GREETED : null;
                    case GREETED ->
                        switch (event) {
                            case ESTABLISHED -> ESTABLISHED;
                            case REFUSAL -> ENDED;
                            default -> null;
                        };
                    case ESTABLISHED -> event == SessionEvent.SYNC_REQUEST ? LISTING : null;
                    case LISTING ->
                        switch (event) {
                            case CHECKSUM_CHOICE, LISTED_FILE -> LISTING;
                            case LISTING_END -> UPLOADING;
                            default -> null;
                        };
                    case UPLOADING ->
                        switch (event) {
                            case FILE_REQUEST, FILE_REPLY, FILE_CONTENT, FILE_END -> UPLOADING;
                            case REQUESTS_END -> DOWNLOADING;
                            default -> null;
                        };
                    case DOWNLOADING ->
                        switch (event) {
                            case FILE_OFFER, FILE_CONTENT, FILE_END -> DOWNLOADING;
                            case OFFERS_END -> ENDED;
                            default -> null;
                        };
                    case ENDED -> null;
                };
        if (next == null) {
            throw new SyncProtocolException(
                    Reason.OUT_OF_ORDER, "message: " + words(event) + " while the session is " + words(this));
        }
        return next;
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
