package org.sksync.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.sksync.cli.command.ServerCommand;
import org.sksync.config.ConfigException;
import org.sksync.files.store.AtomicFile;
import org.sksync.protocol.srp.SrpException;
import org.sksync.protocol.srp.SrpVerifier;
import org.sksync.protocol.srp.UserName;
import org.sksync.server.SkSyncServer;

/**
 * A sync with a daemon of its own, so that the JVM can note down what a run loads: the launcher {@code sksync} makes its
 * class-data archive of it. Works in the current directory, which is nobody else's and holds the directories
 * {@code served} and {@code mirrored}. For the moment that it takes, the daemon listens on loopback and knows one user,
 * with a password that nobody is told.
 */
final class Rehearsal {

    private static final Path FILE = Path.of("sksync.json");
    private static final String NAME = "rehearsal";
    private static final int PASSWORD_BYTES = 16;

    private Rehearsal() {}

    /** Runs it; whatever goes wrong ends the process with an error. */
    public static void main(String[] words) throws IOException, SrpException, ConfigException {
        SecureRandom random = new SecureRandom();
        byte[] drawn = new byte[PASSWORD_BYTES];
        random.nextBytes(drawn);
        String password = HexFormat.of().formatHex(drawn);
        SrpVerifier verifier = SrpVerifier.create(UserName.of(NAME), password.toCharArray(), random);
        write(verifier, password, 1);
        try (SkSyncServer server = ServerCommand.onLoopback(FILE)) {
            write(verifier, password, server.address().getPort());
            int exitCode = Main.run("client", NAME, "-c", FILE.toString());
            if (exitCode != 0) {
                throw new IOException("the rehearsal ended with " + exitCode);
            }
        }
    }

    private static void write(SrpVerifier verifier, String password, int port) throws IOException {
        String config = """
                {
                    "host": "127.0.0.1", "port": %d, "username": "%s", "password": "%s",
                    "users": { "%2$s": { "authsrp": ["%s", "%s"] } },
                    "clients": { "%2$s": {
                        "server_path": "served", "client_path": "mirrored", "recursive": true,
                        "sync_type": "bidirectional_use_time"
                    } }
                }
                """.formatted(port, NAME, password, verifier.saltHex(), verifier.verifierHex());
        AtomicFile.write(FILE, config.getBytes(StandardCharsets.UTF_8));
    }
}
