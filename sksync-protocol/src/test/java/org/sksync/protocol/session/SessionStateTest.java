package org.sksync.protocol.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.sksync.protocol.session.SessionEvent.CHECKSUM_CHOICE;
import static org.sksync.protocol.session.SessionEvent.FILE_CONTENT;
import static org.sksync.protocol.session.SessionEvent.FILE_END;
import static org.sksync.protocol.session.SessionEvent.FILE_OFFER;
import static org.sksync.protocol.session.SessionEvent.FILE_REPLY;
import static org.sksync.protocol.session.SessionEvent.FILE_REQUEST;
import static org.sksync.protocol.session.SessionEvent.GREETING;
import static org.sksync.protocol.session.SessionEvent.LISTED_FILE;
import static org.sksync.protocol.session.SessionEvent.LISTING_END;
import static org.sksync.protocol.session.SessionEvent.LOGIN_CHALLENGE;
import static org.sksync.protocol.session.SessionEvent.LOGIN_CONFIRMATION;
import static org.sksync.protocol.session.SessionEvent.LOGIN_PROOF;
import static org.sksync.protocol.session.SessionEvent.LOGIN_START;
import static org.sksync.protocol.session.SessionEvent.OFFERS_END;
import static org.sksync.protocol.session.SessionEvent.REFUSAL;
import static org.sksync.protocol.session.SessionEvent.REQUESTS_END;
import static org.sksync.protocol.session.SessionEvent.SYNC_REQUEST;
import static org.sksync.protocol.session.SessionState.CHALLENGING;
import static org.sksync.protocol.session.SessionState.CONFIRMING;
import static org.sksync.protocol.session.SessionState.DOWNLOADING;
import static org.sksync.protocol.session.SessionState.ENDED;
import static org.sksync.protocol.session.SessionState.ESTABLISHED;
import static org.sksync.protocol.session.SessionState.GREETED;
import static org.sksync.protocol.session.SessionState.LISTING;
import static org.sksync.protocol.session.SessionState.LOGGED_IN;
import static org.sksync.protocol.session.SessionState.PROVING;
import static org.sksync.protocol.session.SessionState.START;
import static org.sksync.protocol.session.SessionState.UPLOADING;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sksync.protocol.session.SyncProtocolException.Reason;

/** The order of a session: what may happen when, and that nothing else may. */
class SessionStateTest {

    private static final Map<SessionState, Map<SessionEvent, SessionState>> ALLOWED = Map.ofEntries(
            Map.entry(START, Map.of(LOGIN_START, CHALLENGING, GREETING, GREETED, REFUSAL, ENDED)),
            Map.entry(CHALLENGING, Map.of(LOGIN_CHALLENGE, PROVING, REFUSAL, ENDED)),
            Map.entry(PROVING, Map.of(LOGIN_PROOF, CONFIRMING, REFUSAL, ENDED)),
            Map.entry(CONFIRMING, Map.of(LOGIN_CONFIRMATION, LOGGED_IN, REFUSAL, ENDED)),
            Map.entry(LOGGED_IN, Map.of(GREETING, GREETED)),
            // A client that greets without the login that is demanded gets the empty line for an answer.
            Map.entry(GREETED, Map.of(SessionEvent.ESTABLISHED, ESTABLISHED, REFUSAL, ENDED)),
            Map.entry(ESTABLISHED, Map.of(SYNC_REQUEST, LISTING)),
            Map.entry(LISTING, Map.of(CHECKSUM_CHOICE, LISTING, LISTED_FILE, LISTING, LISTING_END, UPLOADING)),
            Map.entry(
                    UPLOADING,
                    Map.of(
                            FILE_REQUEST, UPLOADING,
                            FILE_REPLY, UPLOADING,
                            FILE_CONTENT, UPLOADING,
                            FILE_END, UPLOADING,
                            REQUESTS_END, DOWNLOADING)),
            Map.entry(
                    DOWNLOADING,
                    Map.of(
                            FILE_OFFER, DOWNLOADING,
                            FILE_CONTENT, DOWNLOADING,
                            FILE_END, DOWNLOADING,
                            OFFERS_END, ENDED)),
            Map.entry(ENDED, Map.of()));

    static Stream<Arguments> allowed() {
        return pairs(true);
    }

    static Stream<Arguments> forbidden() {
        return pairs(false);
    }

    private static Stream<Arguments> pairs(boolean allowed) {
        return Stream.of(SessionState.values()).flatMap(state -> Stream.of(SessionEvent.values())
                .filter(event -> ALLOWED.get(state).containsKey(event) == allowed)
                .map(event -> Arguments.of(state, event)));
    }

    @ParameterizedTest
    @MethodSource("allowed")
    void movesOn(SessionState state, SessionEvent event) throws SyncProtocolException {
        assertThat(state.next(event)).isEqualTo(ALLOWED.get(state).get(event));
    }

    @ParameterizedTest
    @MethodSource("forbidden")
    void refusesWhatIsOutOfOrder(SessionState state, SessionEvent event) {
        assertThatExceptionOfType(SyncProtocolException.class)
                .isThrownBy(() -> state.next(event))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.OUT_OF_ORDER))
                .withMessageStartingWith("message: ")
                .withMessageContaining("while the session is");
    }
}
