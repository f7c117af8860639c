package org.sksync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.sksync.testkit.ScriptedPeer;

/** A server that offers one file of five million bytes, and stops in its middle until it is told to go on. */
final class PlayedServer implements AutoCloseable {

    /** The file's length. */
    static final int BYTES = 5_000_000;

    private static final int FIRST_BYTES = 1_000_000;

    private final ScriptedPeer peer = ScriptedPeer.server();
    private final CountDownLatch goOn = new CountDownLatch(1);

    /** Serves one client that gets to the end of the file. */
    static PlayedServer whole(String file) {
        PlayedServer server = new PlayedServer();
        server.peer.play(peer -> {
            server.offer(peer, file);
            assertThat(server.goOn.await(SksyncJar.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            peer.send("x".repeat(BYTES - FIRST_BYTES) + "\n").expectClose();
        });
        return server;
    }

    /** Serves one client that goes away. */
    static PlayedServer left(String file) {
        PlayedServer server = new PlayedServer();
        server.peer.play(peer -> {
            server.offer(peer, file);
            peer.within(SksyncJar.LIMIT).expectClose();
        });
        return server;
    }

    private void offer(ScriptedPeer client, String file) {
        receiveRequest(client, "sksync 1");
        client.send("\n" + file + "\n1700000000000\n" + BYTES + "\n" + "x".repeat(FIRST_BYTES));
    }

    /** Receives all that a client says before the server's requests. */
    static void receiveRequest(ScriptedPeer peer, String level) {
        peer.expectLine(level).send("Protocol Established\n");
        for (int line = 0; line < 4; line++) {
            peer.readLine();
        }
        if (level.equals("pysksync 2")) {
            peer.send("md5\n");
        }
        List<String> listing = Stream.generate(peer::readLine)
                .takeWhile(line -> !line.isEmpty())
                .toList();
        assertThat(listing).allMatch(line -> line.contains(" "));
    }

    /** Returns a configuration with the profile {@code p}, from this server into a directory. */
    String config(Path copy) {
        return """
                {"clients": {"p": {"host": "127.0.0.1", "port": %d, "sksync1_compat": true,
                 "server_path": "/srv", "client_path": "%s"}}}""".formatted(peer.port(), copy);
    }

    /** Sends the rest. */
    void goOn() {
        goOn.countDown();
    }

    /** Fails if something else was heard than was expected. */
    void verify() {
        peer.verify();
    }

    @Override
    public void close() throws IOException {
        peer.close();
    }
}
