package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.client.report.SyncFailedException;
import org.sksync.client.report.SyncFailedException.Kind;
import org.sksync.config.ConfigReader;
import org.sksync.config.KnownServers;
import org.sksync.transport.tls.Fingerprint;

class FirstContactTest {

    private static final Optional<Fingerprint> FIRST = Optional.of(new Fingerprint("SHA256:" + "a".repeat(64)));
    private static final Optional<Fingerprint> OTHER = Optional.of(new Fingerprint("SHA256:" + "b".repeat(64)));

    @TempDir
    private Path here;

    private final StringWriter err = new StringWriter();
    private KnownServers known;
    private FirstContact contact;

    @BeforeEach
    void create() throws Exception {
        Path file = here.resolve("sksync.json");
        Files.writeString(
                file,
                "{\"use_ssl\": true, \"host\": \"h\", \"clients\":"
                        + " {\"p\": {\"server_path\": \"/s\", \"client_path\": \"/c\"}}}");
        known = KnownServers.beside(file);
        Terminal terminal = new Terminal(
                new PrintWriter(new StringWriter()), new PrintWriter(err), Optional.empty(), Display.plain(false));
        contact = new FirstContact(ConfigReader.read(file).profile("p"), known, terminal);
    }

    @Test
    void keepsTheCertificateThatIsMetFirstAndWarnsOnce() throws Exception {
        contact.established(FIRST);
        contact.established(FIRST);

        assertThat(known.fingerprint("h", 23456)).contains("a".repeat(64));
        assertThat(err.toString()).containsOnlyOnce("first contact with h:23456");
    }

    /** A sync may take a second connection, made with the trust of the first, when nothing was known yet. */
    @Test
    void refusesAnotherCertificateOnALaterConnectionOfTheSameSync() throws Exception {
        contact.established(FIRST);

        assertThatExceptionOfType(SyncFailedException.class)
                .isThrownBy(() -> contact.established(OTHER))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.IDENTITY));
        assertThat(known.fingerprint("h", 23456)).contains("a".repeat(64));
    }
}
