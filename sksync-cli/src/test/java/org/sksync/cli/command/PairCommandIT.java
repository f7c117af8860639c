package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.cli.SksyncJar;
import org.sksync.cli.SksyncJar.Ended;
import org.sksync.config.ConfigReader;
import org.sksync.testkit.JavaProgram;
import picocli.CommandLine;

/** {@code pair} with a person at the terminal. */
class PairCommandIT {

    private static final int USAGE = 2;
    private static final int INTERRUPTED = 130;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path desk;

    @TempDir
    private Path other;

    private String line;
    private JavaProgram daemon;

    @BeforeEach
    void setUpTheDesk() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(free.getLocalPort());
            Ended init = SksyncJar.run(desk, "init", "notes", "--name", "127.0.0.1", "--port", port, "-q");
            assertThat(init.exitCode()).as(init.err()).isZero();
            line = init.out();
        }
        daemon = SksyncJar.launch(desk, "server", "--host", "127.0.0.1").start();
        assertThat(SksyncJar.port(daemon)).isPositive();
    }

    @AfterEach
    void stopTheDesk() {
        daemon.close();
    }

    private int pair(ScriptedPerson person, String... words) {
        Terminals terminals = display ->
                new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), Optional.of(person), display);
        return new CommandLine(new PairCommand(terminals, InputStream.nullInputStream(), Clock.systemUTC()))
                .execute(words);
    }

    @Test
    void asksForTheLineWithoutEchoAndThenForTheDirectory() throws Exception {
        Path file = other.resolve("sksync.json");
        ScriptedPerson person = new ScriptedPerson(line, other.resolve("mine").toString());

        assertThat(pair(person, "-c", file.toString())).as(err.toString()).isZero();

        assertThat(person.questions())
                .containsExactly(
                        "Paste the line that sksync init printed (it does not appear here): (hidden)",
                        "Directory here to keep in step ["
                                + Path.of(System.getProperty("user.home")).resolve("notes") + "]: ");
        assertThat(ConfigReader.read(file).profile("notes").clientPath())
                .isEqualTo(other.toRealPath().resolve("mine"));
        assertThat(other.resolve("mine")).isEmptyDirectory();
    }

    @Test
    void writesNoProfileWhereTheInputEnds() throws Exception {
        Path file = other.resolve("sksync.json");

        assertThat(pair(new ScriptedPerson(), "-c", file.toString())).isEqualTo(INTERRUPTED);
        assertThat(pair(new ScriptedPerson(line), "-c", file.toString())).isEqualTo(INTERRUPTED);

        try (var files = Files.list(other)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void saysOfADirectoryThatIsThereWhatWillBecomeOfItsFiles() throws Exception {
        Files.writeString(Files.createDirectory(other.resolve("mine")).resolve("a"), "mine");
        Path file = other.resolve("sksync.json");

        assertThat(pair(new ScriptedPerson(line, other.resolve("mine").toString()), "-c", file.toString()))
                .isZero();

        assertThat(err.toString())
                .contains("mine is not empty", "sends the files in it")
                .hasLineCount(1);
        assertThat(ConfigReader.read(file).profileNames()).containsExactly("notes");
    }

    @Test
    void opensNoDirectoryToTheClientsOfADaemonInTheSameFile() throws Exception {
        Path file = other.resolve("sksync.json");
        Files.writeString(file, "{\"require_auth\": false}");

        assertThat(pair(new ScriptedPerson(line, other.resolve("mine").toString()), "-c", file.toString()))
                .isEqualTo(USAGE);

        assertThat(err.toString()).contains("set server_dir_whitelist").hasLineCount(1);
        assertThat(file).hasContent("{\"require_auth\": false}");
        assertThat(other.resolve("mine")).doesNotExist();
        assertThat(other.resolve("known_servers")).doesNotExist();
    }

    @Test
    void keepsAnotherFingerprintThatIsKnownForTheServer() throws Exception {
        Path file = other.resolve("sksync.json");
        String known = "127.0.0.1:" + line.replaceFirst("^[^@]*@[^:]*:(\\d+)/.*$", "$1") + " SHA256:" + "0".repeat(64);
        Files.writeString(other.resolve("known_servers"), known + "\n");

        assertThat(pair(new ScriptedPerson(line, other.resolve("mine").toString()), "-c", file.toString()))
                .isEqualTo(USAGE);

        assertThat(err.toString()).contains("another fingerprint is kept");
        assertThat(file).doesNotExist();
        assertThat(other.resolve("known_servers")).hasContent(known);
        assertThat(other.resolve("mine")).doesNotExist();
    }
}
