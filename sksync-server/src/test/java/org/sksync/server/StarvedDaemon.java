package org.sksync.server;

import java.io.IOException;
import java.nio.file.Path;

/** A daemon as a program of its own: serves one directory, prints its port, ends with its standard input. */
final class StarvedDaemon {

    private StarvedDaemon() {}

    /** Takes the directory. */
    public static void main(String[] args) throws IOException {
        try (SkSyncServer server = TestServer.of(Path.of(args[0])).start()) {
            System.out.println(server.address().getPort());
            while (System.in.read() >= 0) {
                // Nobody writes here; what is waited for is the end.
            }
        }
    }
}
