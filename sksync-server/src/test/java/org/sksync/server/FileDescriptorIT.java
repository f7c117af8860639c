package org.sksync.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.testkit.ScriptedPeer;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;

/** A daemon that runs out of file descriptors. */
@DisabledOnOs(OS.WINDOWS)
final class FileDescriptorIT {
    private static final int DESCRIPTORS = 150;
    private static final Map<String, TreeFile> TREE = Map.of("f", TreeFile.text("f", 1_400_000_000));

    @TempDir
    private Path temp;

    private Path root;
    private Process daemon;
    private int port;
    private final List<Socket> sockets = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        root = temp.toRealPath();
        TreeFixture.write(root, TREE);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        daemon = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -n " + DESCRIPTORS + " && exec \"$0\" \"$@\"",
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        StarvedDaemon.class.getName(),
                        root.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader out = new BufferedReader(new InputStreamReader(daemon.getInputStream(), US_ASCII));
        port = Integer.parseInt(out.readLine());
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        daemon.destroyForcibly();
    }

    @Test
    void acceptsAgainWhenDescriptorsAreThereAgain() throws Exception {
        // Loads what it needs: from a directory of classes nothing can be loaded without descriptors.
        assertSyncs();

        while (sockets.size() < DESCRIPTORS) {
            sockets.add(new Socket(InetAddress.getLoopbackAddress(), port));
        }
        assertThat(isServed()).as("served without descriptors").isFalse();

        for (Socket socket : sockets) {
            socket.close();
        }

        assertSyncs();
    }

    private void assertSyncs() {
        try (WireClient client = WireClient.over(ScriptedPeer.client(port), ProtocolLevel.PYSKSYNC_2)) {
            client.greet().request("2", "0", root.toString()).list(Map.of()).answer(name -> new byte[0]);
            assertThat(client.takeOffers()).isEqualTo(TREE);
        }
    }

    /** Tells whether the daemon answers one more, which the system connects though the daemon can't accept it. */
    private boolean isServed() throws IOException {
        try (Socket more = new Socket(InetAddress.getLoopbackAddress(), port)) {
            more.setSoTimeout(500);
            more.getOutputStream().write("pysksync 2\n".getBytes(US_ASCII));
            return more.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }
}
