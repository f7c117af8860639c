package org.sksync.testkit.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sksync.testkit.Fault;
import org.sksync.testkit.ScriptedPeer;

class LoadClientIT {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Test
    void saysItsStepsInOrderAndTheLastOneByteByByte() throws Exception {
        try (ScriptedPeer server = ScriptedPeer.server();
                LoadClient load = LoadClient.of(server.port())) {
            server.play(peer ->
                    peer.expectLine("hello").send("first\nsec").send("ond\n").expect("ababab"));
            Script script = Script.SILENT.say("hello\n").awaitLines(2).trickle("ab", Duration.ofMillis(5));

            List<LoadConnection> opened = load.open(1, script, 1, LIMIT);
            server.verify();
            assertThat(load.held()).isEqualTo(1);
            server.send("", Fault.CLOSE);
            load.awaitClosed(LIMIT);

            assertThat(opened).singleElement().satisfies(connection -> {
                assertThat(connection.hasSettled()).isTrue();
                assertThat(connection.isHeld()).isFalse();
                assertThat(connection.heldFor()).isPresent();
            });
        }
    }

    @Test
    void tellsThatAConnectionDidNotGetToItsLastStep() throws Exception {
        try (ScriptedPeer server = ScriptedPeer.server();
                LoadClient load = LoadClient.of(server.port())) {
            server.play(peer -> peer.expectLine("hello").send("", Fault.CLOSE));
            Script script = Script.SILENT.say("hello\n").awaitLines(1).say("never");

            List<LoadConnection> opened = load.open(1, script, 1, LIMIT);
            server.verify();
            load.awaitClosed(LIMIT);

            assertThat(load.held()).isZero();
            assertThat(opened).singleElement().satisfies(connection -> {
                assertThat(connection.isClosed()).isTrue();
                assertThat(connection.hasSettled()).isFalse();
                assertThat(connection.heldFor()).isEmpty();
            });
        }
    }

    @Test
    void tellsThatNobodyAccepts() throws Exception {
        int port;
        try (ScriptedPeer server = ScriptedPeer.server()) {
            port = server.port();
        }
        try (LoadClient load = LoadClient.of(port)) {
            List<LoadConnection> opened = load.open(1, Script.SILENT, 1, LIMIT);
            load.awaitClosed(LIMIT);

            assertThat(opened).singleElement().satisfies(connection -> assertThat(connection.isClosed())
                    .isTrue());
        }
    }
}
