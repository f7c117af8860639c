package org.sksync.cli.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The question and the answer, over a real socket. */
class StatusSocketIT {

    private static final String LONG = "a long answer ".repeat(500_000);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path here;

    private StatusPlace place;
    private StatusSocket socket;

    @BeforeEach
    void findPlace() {
        place = StatusPlace.of(here.resolve("sksync.json"), Map.of("XDG_RUNTIME_DIR", here.toString()), here);
    }

    @AfterEach
    void close() throws IOException {
        if (socket != null) {
            socket.close();
        }
    }

    private void open(Supplier<String> answer) throws IOException {
        socket = StatusSocket.open(place, answer);
    }

    @Test
    void answersEachWhoAsksUntilItIsClosed() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        open(() -> "answer " + asked.incrementAndGet());

        assertThat(StatusQuestion.ask(place, LIMIT)).hasValue("answer 1");
        assertThat(StatusQuestion.ask(place, LIMIT)).hasValue("answer 2");
        socket.close();
        assertThat(StatusQuestion.ask(place, LIMIT)).isEmpty();
    }

    @Test
    void tellsAllOfALongAnswer() throws Exception {
        open(() -> LONG);

        assertThat(StatusQuestion.ask(place, LIMIT)).hasValue(LONG);
    }

    @Test
    void oneWhoDoesNotReadKeepsTheOthersWaitingForABoundedTimeOnly() throws Exception {
        open(() -> LONG);
        try (SocketChannel idle = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            idle.connect(UnixDomainSocketAddress.of(place.own().get(0)));

            assertThat(StatusQuestion.ask(place, LIMIT)).hasValue(LONG);
        }
    }

    @Test
    void aFaultInTheAnswerIsTheEndOfThatAnswerAlone() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        open(() -> {
            if (asked.incrementAndGet() == 1) {
                throw new IllegalStateException("broken");
            }
            return "answer";
        });

        assertThat(StatusQuestion.ask(place, LIMIT)).hasValue("");
        assertThat(StatusQuestion.ask(place, LIMIT)).hasValue("answer");
    }

    @Test
    void saysThatADaemonDoesNotAnswer() throws Exception {
        Path path = place.own().get(0);
        Files.createDirectory(path.getParent());
        try (ServerSocketChannel mute = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            mute.bind(UnixDomainSocketAddress.of(path));

            assertThatThrownBy(() -> StatusQuestion.ask(place, Duration.ofSeconds(1)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the daemon does not answer within 1 s");
        }
    }

    @Test
    void takesTheNextPlaceWhereTheFirstHasNoRoomForTheName() throws Exception {
        Path deep = Files.createDirectories(here.resolve("d".repeat(100)));
        place = StatusPlace.of(here.resolve("sksync.json"), Map.of("XDG_RUNTIME_DIR", deep.toString()), here);
        open(() -> "answer");

        assertThat(StatusQuestion.ask(place, LIMIT)).hasValue("answer");
        assertThat(place.own().get(1)).exists();
    }
}
