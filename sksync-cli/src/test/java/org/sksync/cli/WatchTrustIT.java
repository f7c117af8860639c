package org.sksync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.cli.SksyncJar.Ended;
import org.sksync.testkit.JavaProgram;
import org.sksync.testkit.TestCertificates;
import org.sksync.testkit.TestCertificates.Issued;
import org.sksync.testkit.TlsEar;

/** A watch that met its server itself trusts no other one afterwards. */
class WatchTrustIT {

    @TempDir
    Path home;

    @Test
    void saysNothingToAServerWhoseCertificateHasChangedSinceItsFirstSync() throws Exception {
        Path served = Files.createDirectory(home.toRealPath().resolve("served"));
        Path copy = Files.createDirectory(home.resolve("copy"));
        Files.writeString(served.resolve("a.txt"), "there");
        Issued issued = TestCertificates.certificate().selfSigned();
        write("daemon.json", """
                {"host": "127.0.0.1", "use_ssl": true, "ssl_server_certfile": "%s", "ssl_server_keyfile": "%s",
                 "server_dir_whitelist": ["%s"]}
                """.formatted(
                        issued.writeCertificate(home.resolve("server.pem")),
                        issued.writeKey(home.resolve("server.key")),
                        served));
        Ended added =
                SksyncJar.end(SksyncJar.launch(home, "useredit", "add", "ann", "--password-stdin", "-c", "daemon.json")
                        .stdin("secret word\n"));
        assertThat(added.exitCode()).as(added.err()).isZero();
        try (JavaProgram daemon = SksyncJar.daemon(home, "daemon.json")) {
            int port = SksyncJar.port(daemon);
            write("sksync.json", """
                    {"clients": {"notes": {"host": "127.0.0.1", "port": %d, "use_ssl": true, "username": "ann",
                        "password": "secret word", "server_path": "%s", "client_path": "%s"}}}
                    """.formatted(port, served, copy));
            try (JavaProgram watch =
                    SksyncJar.launch(home, "watch", "notes", "--every", "1s").start()) {
                await().atMost(SksyncJar.LIMIT).until(() -> Files.exists(copy.resolve("a.txt")));
                SksyncJar.signal(daemon, "TERM");
                SksyncJar.end(daemon);

                try (TlsEar other = new TlsEar(TestCertificates.certificate().selfSigned(), port)) {
                    Ended ended = SksyncJar.end(watch);

                    assertThat(other.heard()).isEmpty();
                    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(6);
                    assertThat(ended.err())
                            .contains("first contact with 127.0.0.1:" + port)
                            .contains("error: notes: TLS: the certificate of 127.0.0.1:" + port
                                    + " has changed: it was SHA256:")
                            .contains("delete line 1 of " + home.toRealPath().resolve("known_servers"));
                }
            }
        }
    }

    private void write(String name, String json) throws Exception {
        Path file = Files.writeString(home.resolve(name), json);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
