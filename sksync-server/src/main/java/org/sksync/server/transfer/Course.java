package org.sksync.server.transfer;

import java.util.Locale;
import org.sksync.protocol.message.ClientMessage;
import org.sksync.protocol.message.ServerMessage;
import org.sksync.protocol.session.SessionEvent;
import org.sksync.protocol.session.SessionState;
import org.sksync.protocol.session.SyncProtocolException;
import org.sksync.transport.transfer.PeerLink;

/** Where a session stands: what either side says takes it further, and has to fit. Owner thread only. */
final class Course {

    private final PeerLink link;
    private SessionState state = SessionState.START;

    Course(PeerLink link) {
        this.link = link;
    }

    /**
     * Goes on with what the client says.
     *
     * @throws SyncProtocolException if that is out of order
     */
    void heard(ClientMessage message) throws SyncProtocolException {
        state = state.next(SessionEvent.of(message));
    }

    /** Goes on with what the server says, and queues it for the client. */
    void say(ServerMessage message) {
        try {
            state = state.next(SessionEvent.of(message));
        } catch (SyncProtocolException e) {
            throw new IllegalStateException("the session's own message is out of order", e);
        }
        link.send(message);
    }

    /** Says what nothing else flushes. */
    void sayNow(ServerMessage message) {
        say(message);
        link.flush();
    }

    boolean isBefore(SessionState other) {
        return state.compareTo(other) < 0;
    }

    /** Returns the name of the state, as a word in a sentence. */
    String word() {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
