package org.sksync.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownServersTest {

    private static final String ONE = "0123456789abcdef".repeat(4);
    private static final String OTHER = "f".repeat(64);

    @TempDir
    private Path directory;

    private Path file;
    private KnownServers servers;

    @BeforeEach
    void useFileBesideConfig() {
        servers = KnownServers.beside(directory.resolve("sksync.json"));
        file = directory.resolve("known_servers");
    }

    @Test
    void knowsNobodyWithoutFile() throws Exception {
        assertThat(servers.file()).isEqualTo(file);
        assertThat(servers.fingerprint("example.org", 23456)).isEmpty();
        assertThat(file).doesNotExist();
    }

    @Test
    void remembersFingerprintInItsLine() throws Exception {
        servers.remember("example.org", 23456, ONE);

        assertThat(file).hasContent("example.org:23456 SHA256:" + ONE + "\n");
        assertThat(servers.fingerprint("example.org", 23456)).contains(ONE);
        assertThat(servers.fingerprint("example.org", 23457)).isEmpty();
        assertThat(servers.fingerprint("example.net", 23456)).isEmpty();
    }

    @Test
    void letsOnlyTheOwnerReadTheFile() throws Exception {
        servers.remember("example.org", 23456, ONE);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @CsvSource({
        "::1, [::1]:23456",
        "2001:DB8::7, [2001:db8::7]:23456",
        "fe80::1%eth0, [fe80::1%eth0]:23456",
        "192.0.2.1, 192.0.2.1:23456",
        "Example.ORG, example.org:23456",
        "küche.example, küche.example:23456",
    })
    void remembersEveryKindOfHost(String host, String written) throws Exception {
        servers.remember(host, 23456, ONE);

        assertThat(file).hasContent(written + " SHA256:" + ONE + "\n");
        assertThat(servers.fingerprint(host, 23456)).contains(ONE);
    }

    @Test
    void takesFingerprintsInEitherCase() throws Exception {
        servers.remember("a", 1, OTHER.toUpperCase(Locale.ROOT));
        servers.remember("a", 1, OTHER);

        assertThat(servers.fingerprint("a", 1)).contains(OTHER);
        assertThat(file).hasContent("a:1 SHA256:" + OTHER + "\n");
    }

    @Test
    void refusesToForgetAnotherFingerprint() throws Exception {
        Files.writeString(file, "# the house\n\n");
        servers.remember("a", 1, ONE);

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> servers.remember("a", 1, OTHER))
                .withMessage(file + ", line 3: another fingerprint is kept for a:1, which was SHA256:" + ONE
                        + " and is SHA256:" + OTHER + " now; delete that line if you know that the change is right");
        assertThat(servers.line("a", 1)).hasValue(3);
        assertThat(servers.line("b", 1)).isEmpty();
        assertThat(servers.fingerprint("a", 1)).contains(ONE);
    }

    @Test
    void keepsWhatAPersonWroteInTheFile() throws Exception {
        Files.writeString(file, "# the house\n\na:1   SHA256:" + ONE);

        servers.remember("b", 2, OTHER);

        assertThat(file).hasContent("# the house\n\na:1   SHA256:" + ONE + "\nb:2 SHA256:" + OTHER + "\n");
        assertThat(servers.fingerprint("a", 1)).contains(ONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a:1",
                "a:1 SHA256:",
                "a:1 SHA256:abc",
                "a:1 MD5:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "a SHA256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "::1:5 SHA256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "a:1 SHA256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef more",
                "a:1 SHA256:g123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                " a:1 SHA256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "\u0000\u0001",
            })
    void refusesGarbledLineAndLeavesTheFile(String line) throws Exception {
        String content = "# one\n" + line + "\n";
        Files.writeString(file, content);

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> servers.fingerprint("b", 2))
                .withMessageStartingWith(file + ", line 2: ");
        assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> servers.remember("b", 2, ONE));
        assertThat(file).hasContent(content);
    }

    @Test
    void refusesServerThatIsListedTwice() throws Exception {
        Files.writeString(file, "a:1 SHA256:" + ONE + "\nA:1 SHA256:" + OTHER + "\n");

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> servers.fingerprint("a", 1))
                .withMessage(file + ", line 2: the server a:1 is here twice; remove one line");
    }

    @Test
    void refusesBytesThatAreNotUtf8() throws Exception {
        Files.write(file, new byte[] {(byte) 0xff, '\n'});

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> servers.fingerprint("a", 1))
                .withMessageStartingWith(file + ": the file is not UTF-8");
    }

    @Test
    void refusesDirectoryInPlaceOfTheFile() throws Exception {
        Files.createDirectory(file);

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> servers.fingerprint("a", 1))
                .withMessageStartingWith(file + ": the file can't be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "", "a\nb", "#a", "[::1]", "a\u0000"})
    void refusesWhatIsNoHost(String host) {
        assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> servers.remember(host, 1, ONE));
        assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> servers.fingerprint(host, 1));
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65536})
    void refusesWhatIsNoPort(int port) {
        assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> servers.remember("a", port, ONE));
        assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> servers.fingerprint("a", port));
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "SHA256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"})
    void refusesWhatIsNoFingerprint(String fingerprint) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> servers.remember("a", 1, fingerprint))
                .withMessageContaining("64 hexadecimal digits");
    }

    @Test
    void reportsADirectoryThatIsNotThere() {
        KnownServers nowhere = new KnownServers(directory.resolve("none/known_servers"));

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> nowhere.remember("a", 1, ONE));
    }

    @Test
    void refusesAnotherFingerprintThoughTheFirstCouldNotBeWritten() throws Exception {
        KnownServers nowhere = new KnownServers(directory.resolve("none/known_servers"));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> nowhere.remember("a", 1, ONE));

        nowhere.remember("a", 1, ONE);

        assertThat(nowhere.fingerprint("a", 1)).contains(ONE);
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> nowhere.remember("a", 1, OTHER))
                .withMessageContaining("another fingerprint is kept")
                .withMessageNotContaining("line");
    }

    @Test
    void losesNoLineWhenManyRememberAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Void>> runs = new ArrayList<>();
            for (int port = 1; port <= 40; port++) {
                int own = port;
                runs.add(() -> {
                    new KnownServers(file).remember("a", own, ONE);
                    return null;
                });
            }
            for (Future<Void> run : threads.invokeAll(runs)) {
                run.get();
            }
        } finally {
            threads.shutdownNow();
        }

        for (int port = 1; port <= 40; port++) {
            assertThat(servers.fingerprint("a", port)).contains(ONE);
        }
    }
}
