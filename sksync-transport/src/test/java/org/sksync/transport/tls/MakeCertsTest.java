package org.sksync.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.testkit.NoLeaks;

/** What certs/make-certs.sh makes is read and used by both ends. */
@ExtendWith(NoLeaks.class)
class MakeCertsTest {

    // Surefire runs a module's tests in the module's directory.
    private static final Path SCRIPT = Path.of("..", "certs", "make-certs.sh").toAbsolutePath();

    private final TlsConversation conversation = new TlsConversation();

    @TempDir
    private Path directory;

    @BeforeEach
    void needOpenssl() throws InterruptedException {
        assumeThat(hasOpenssl())
                .as("sh and openssl, which the script needs, are installed")
                .isTrue();
    }

    @AfterEach
    void stop() throws InterruptedException {
        conversation.stop();
    }

    private static boolean hasOpenssl() throws InterruptedException {
        try {
            return new ProcessBuilder("sh", "-c", "openssl version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private String run(int expectedExit, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", SCRIPT.toString(), "--dir", directory.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isEqualTo(expectedExit);
        return output;
    }

    private TlsIdentity identity(String name) throws TlsConfigException {
        return PemFiles.identity(
                directory.resolve(name + ".pem"), directory.resolve(name + ".key"), keyFile -> new char[0]);
    }

    private PeerTrust trust(String name) throws TlsConfigException {
        return PeerTrust.fromFile(directory.resolve(name + ".pem"), Clock.systemUTC());
    }

    @Test
    void makesCertificatesForMutualTls() throws Exception {
        String output = run(0, "--client");

        SslContext server = TlsContexts.forServer(identity("server"), Optional.of(trust("client")));
        SslContext client = TlsContexts.forClient(trust("server"), Optional.of(identity("client")));
        assertThat(conversation
                        .hold(Optional.of(server), Optional.of(client), "localhost")
                        .succeeded())
                .isTrue();
        assertThat(output.lines()
                        .filter(line -> line.startsWith("fingerprint "))
                        .map(line -> Fingerprint.parse(line.substring(line.indexOf(' ') + 1))))
                .containsExactly(
                        Optional.of(identity("server").fingerprint()),
                        Optional.of(identity("client").fingerprint()));
    }

    @Test
    void makesNoClientCertificateUnasked() throws Exception {
        run(0);

        assertThat(directory).isDirectoryNotContaining("glob:**client*");
        assertThat(identity("server").chain().get(0).getSubjectAlternativeNames())
                .extracting(name -> name.get(1).toString())
                .contains("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
    }

    @Test
    void putsTheGivenNamesInAndObeysItsOptions() throws Exception {
        run(0, "--rsa", "--days", "10", "sync.example.org", "192.0.2.7");

        var certificate = identity("server").chain().get(0);
        assertThat(certificate.getSubjectAlternativeNames())
                .extracting(name -> name.get(1).toString())
                .containsExactly("sync.example.org", "192.0.2.7");
        assertThat(((RSAPublicKey) certificate.getPublicKey()).getModulus().bitLength())
                .isEqualTo(3072);
        assertThat(identity("server").expires()).isBefore(Instant.now().plus(Duration.ofDays(11)));
    }

    @Test
    void leavesExistingFilesAloneUnlessForced() throws Exception {
        run(0);
        Fingerprint first = identity("server").fingerprint();

        run(0);
        assertThat(identity("server").fingerprint()).isEqualTo(first);

        run(0, "--force");
        assertThat(identity("server").fingerprint()).isNotEqualTo(first);
    }

    @Test
    void completesNoHalfPair() throws Exception {
        Files.writeString(directory.resolve("server.key"), "mine");

        assertThat(run(2)).contains("server.key exists without its other half");
        assertThat(directory.resolve("server.key")).hasContent("mine");
        assertThat(directory.resolve("server.pem")).doesNotExist();
    }

    @Test
    void refusesNamesAndOptionsThatItDoesNotKnow() throws Exception {
        assertThat(run(2, "a,DNS:b")).contains("is neither a host name nor an address");
        assertThat(run(2, "--dyas", "3")).contains("unknown option --dyas");
        assertThat(run(2, "--days", "none")).contains("is not a number above 0");
        assertThat(directory).isEmptyDirectory();
    }
}
