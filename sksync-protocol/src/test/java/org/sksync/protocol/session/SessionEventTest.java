package org.sksync.protocol.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sksync.protocol.message.ChecksumChoice;
import org.sksync.protocol.message.ClientMessage;
import org.sksync.protocol.message.Established;
import org.sksync.protocol.message.FileContent;
import org.sksync.protocol.message.FileEnd;
import org.sksync.protocol.message.FileOffer;
import org.sksync.protocol.message.FileReply;
import org.sksync.protocol.message.FileRequest;
import org.sksync.protocol.message.Greeting;
import org.sksync.protocol.message.ListedFile;
import org.sksync.protocol.message.ListingEnd;
import org.sksync.protocol.message.LoginChallenge;
import org.sksync.protocol.message.LoginConfirmation;
import org.sksync.protocol.message.LoginProof;
import org.sksync.protocol.message.LoginStart;
import org.sksync.protocol.message.OffersEnd;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.message.Recursion;
import org.sksync.protocol.message.Refusal;
import org.sksync.protocol.message.RequestsEnd;
import org.sksync.protocol.message.ServerMessage;
import org.sksync.protocol.message.SyncRequest;
import org.sksync.protocol.message.SyncType;
import org.sksync.protocol.message.WireName;

/** Each type of message is an event of its own. */
class SessionEventTest {

    private static final WireName NAME = new WireName("a");

    private static final List<ClientMessage> CLIENT = List.of(
            new LoginStart("61", "1f"),
            new LoginProof("ab"),
            new Greeting(ProtocolLevel.PYSKSYNC_2),
            new SyncRequest(SyncType.TO_SERVER_USE_TIME, Recursion.RECURSIVE, "/s", "/c"),
            new ListedFile(0, NAME),
            new ListingEnd(),
            new FileReply(0),
            new FileContent(Unpooled.EMPTY_BUFFER),
            new FileEnd(Optional.empty()));

    private static final List<ServerMessage> SERVER = List.of(
            new LoginChallenge("aa", "1f"),
            new LoginConfirmation("bb"),
            new Refusal(),
            new Established(),
            new ChecksumChoice(),
            new FileRequest(NAME),
            new RequestsEnd(),
            new FileOffer(NAME, 0, 0),
            new FileContent(Unpooled.EMPTY_BUFFER),
            new FileEnd(Optional.empty()),
            new OffersEnd());

    @Test
    void samplesCoverAllMessages() {
        assertThat(CLIENT).extracting(Object::getClass).containsExactly(ClientMessage.class.getPermittedSubclasses());
        assertThat(SERVER).extracting(Object::getClass).containsExactly(ServerMessage.class.getPermittedSubclasses());
    }

    @Test
    void isNamedAfterTheMessage() {
        assertThat(CLIENT).allSatisfy(message -> assertNamed(message, SessionEvent.of(message)));
        assertThat(SERVER).allSatisfy(message -> assertNamed(message, SessionEvent.of(message)));
    }

    @Test
    void coversEveryEvent() {
        Set<SessionEvent> events = EnumSet.noneOf(SessionEvent.class);
        Stream.concat(CLIENT.stream().map(SessionEvent::of), SERVER.stream().map(SessionEvent::of))
                .forEach(events::add);

        assertThat(events).containsExactly(SessionEvent.values());
    }

    private static void assertNamed(Object message, SessionEvent event) {
        assertThat(event.name().replace("_", ""))
                .isEqualToIgnoringCase(message.getClass().getSimpleName());
    }
}
