package org.sksync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sksync.cli.SksyncJar.Ended;
import org.sksync.testkit.JavaProgram;
import org.sksync.testkit.ScriptedPeer;

/** {@code sksync watch} beside a daemon, both the real program. */
class WatchCommandIT {

    @TempDir
    Path home;

    private final List<JavaProgram> running = new ArrayList<>();
    private Path served;
    private Path copy;
    private JavaProgram daemon;
    private int port;

    @BeforeEach
    void startADaemon() throws IOException {
        served = Files.createDirectory(home.resolve("served"));
        copy = Files.createDirectory(home.resolve("copy"));
        Files.writeString(served.resolve("a.txt"), "there");
        Files.writeString(copy.resolve("b.txt"), "here");
        daemon = daemon("0");
        port = SksyncJar.port(daemon);
    }

    @AfterEach
    void stopEverything() {
        running.forEach(JavaProgram::close);
    }

    private JavaProgram daemon(String atPort) throws IOException {
        Files.writeString(home.resolve("daemon.json"), """
                {"require_auth": false, "host": "127.0.0.1", "server_dir_whitelist": ["%s"]}
                """.formatted(served));
        return start("server", "-c", "daemon.json", "--port", atPort);
    }

    private JavaProgram start(String... words) throws IOException {
        JavaProgram program = SksyncJar.launch(home, words)
                .environment("XDG_STATE_HOME", home.resolve("state").toString())
                .start();
        running.add(program);
        return program;
    }

    private Ended run(String... words) throws IOException {
        return SksyncJar.end(start(words));
    }

    private void profile(String more) throws IOException {
        Path file = home.resolve("sksync.json");
        Files.writeString(file, """
                {"clients": {"notes": {"host": "127.0.0.1", "port": %d, "server_path": "%s", "client_path": "%s",
                    "recursive": true, "sync_type": "bidirectional_use_time" %s}}}
                """.formatted(port, served, copy, more));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private JavaProgram watch(String... more) throws IOException {
        profile("");
        return start(Stream.concat(Stream.of("watch", "notes"), Stream.of(more)).toArray(String[]::new));
    }

    private static void awaitOut(JavaProgram program, String regex) {
        program.awaitLine(JavaProgram.Stream.OUT, regex, SksyncJar.LIMIT);
    }

    private static void awaitErr(JavaProgram program, String regex) {
        program.awaitLine(JavaProgram.Stream.ERR, regex, SksyncJar.LIMIT);
    }

    private static void awaitFile(Path file, String content) {
        await().atMost(SksyncJar.LIMIT)
                .until(() -> Files.exists(file) && Files.readString(file).equals(content));
    }

    private long sessions() {
        return daemon.lines(JavaProgram.Stream.ERR).stream()
                .filter(line -> line.contains(" session ") && line.contains("received="))
                .count();
    }

    @Test
    void syncsAtTheStartAndWhenAFileIsSaved() throws Exception {
        JavaProgram watch = watch("--every", "0");
        awaitFile(copy.resolve("a.txt"), "there");
        awaitFile(served.resolve("b.txt"), "here");

        Files.createDirectories(copy.resolve("new/deep"));
        Files.writeString(copy.resolve("new/deep/c.txt"), "saved");

        awaitFile(served.resolve("new/deep/c.txt"), "saved");
        awaitOut(watch, "^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d notes: watching " + copy);
        awaitOut(watch, "notes: received 0 files \\(0 B\\), sent 1 file \\(5 B\\)");
        assertThat(watch.text(JavaProgram.Stream.ERR)).isEmpty();
    }

    @Test
    void bringsTheOtherSidesChangesByTheClock() throws Exception {
        watch("--every", "1s");
        awaitFile(copy.resolve("a.txt"), "there");

        Files.writeString(served.resolve("later.txt"), "later");

        awaitFile(copy.resolve("later.txt"), "later");
    }

    @Test
    void takesOtherValuesForThisRunAtEachSync() throws Exception {
        watch("--every", "0", "--set", "sync_type=to_server_use_time", "--set", "filter_fnmatch_exclude=[\"*.no\"]");
        awaitFile(served.resolve("b.txt"), "here");

        Files.writeString(copy.resolve("c.no"), "excluded");
        Files.writeString(copy.resolve("c.txt"), "saved");

        awaitFile(served.resolve("c.txt"), "saved");
        assertThat(served.resolve("c.no")).doesNotExist();
        assertThat(copy.resolve("a.txt")).doesNotExist();
    }

    @Test
    void itsOwnWritesBringNoFurtherSync() throws Exception {
        JavaProgram watch = watch("--every", "0", "--settle", "200ms");
        awaitOut(watch, "received 1 file .*, sent 1 file");
        Files.writeString(copy.resolve("one.txt"), "one");
        awaitFile(served.resolve("one.txt"), "one");
        awaitOut(watch, "received 0 files .*, sent 1 file \\(3 B\\)");

        Files.writeString(copy.resolve("two.txt"), "second");
        awaitOut(watch, "received 0 files .*, sent 1 file \\(6 B\\)");

        // One at the start, one for each change: what the first has received has brought none.
        await().atMost(SksyncJar.LIMIT).until(() -> sessions() >= 3);
        assertThat(sessions()).isEqualTo(3);
    }

    @Test
    void aChangeDuringASyncIsSyncedAfterIt() throws Exception {
        try (ScriptedPeer server = ScriptedPeer.server()) {
            port = server.port();
            server.play(peer -> {
                readListing(peer);
                change("second.txt");
                peer.send("\n\n\n").expectClose();
                List<String> listing = readListing(peer.accept());
                assertThat(listing).anyMatch(line -> line.endsWith(" second.txt"));
                peer.send("\n\n\n").expectClose();
            });
            watch("--every", "0", "--settle", "100ms");

            server.verify();
        }
    }

    private void change(String name) {
        try {
            Files.writeString(copy.resolve(name), "changed");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> readListing(ScriptedPeer peer) {
        peer.expectLine("pysksync 2").send("Protocol Established\n");
        for (int line = 0; line < 4; line++) {
            peer.readLine();
        }
        peer.send("md5\n");
        return Stream.generate(peer::readLine)
                .takeWhile(line -> !line.isEmpty())
                .toList();
    }

    @Test
    void outlivesARestartOfTheServerAndSaysSoOnce() throws Exception {
        JavaProgram watch = watch("--every", "1s");
        awaitFile(copy.resolve("a.txt"), "there");

        SksyncJar.signal(daemon, "TERM");
        SksyncJar.end(daemon);
        awaitErr(watch, "^warning: notes: .*tried again");
        Files.writeString(served.resolve("later.txt"), "later");
        daemon = daemon(Integer.toString(port));

        awaitFile(copy.resolve("later.txt"), "later");
        awaitOut(watch, "notes: connected again");
        assertThat(watch.lines(JavaProgram.Stream.ERR)).hasSize(1);
    }

    @Test
    void waitsForAFolderThatIsMissingAndNeverMakesIt() throws Exception {
        Files.delete(copy.resolve("b.txt"));
        Files.delete(copy);
        JavaProgram watch = watch("--every", "0");
        awaitErr(watch, "^warning: notes: client_path " + copy + " is not there");
        assertThat(copy).doesNotExist();

        Files.createDirectory(copy);

        awaitFile(copy.resolve("a.txt"), "there");
        Files.writeString(copy.resolve("c.txt"), "saved");
        awaitFile(served.resolve("c.txt"), "saved");
        assertThat(watch.lines(JavaProgram.Stream.ERR)).hasSize(1);
    }

    @Test
    void takesAChangedConfigurationAndKeepsTheOldOneWhereItIsWrong() throws Exception {
        JavaProgram watch = watch("--every", "1s");
        awaitFile(copy.resolve("a.txt"), "there");

        profile(", \"modify_window\": 0");
        awaitErr(watch, "^warning: notes: sksync.json, line \\d+: clients.notes.modify_window is 0");
        Files.writeString(copy.resolve("c.txt"), "as before");
        awaitFile(served.resolve("c.txt"), "as before");
        profile(", \"filter_fnmatch_exclude\": [\"*.bak\"]");
        Files.writeString(copy.resolve("d.bak"), "excluded");
        Files.writeString(copy.resolve("e.txt"), "not excluded");
        awaitFile(served.resolve("e.txt"), "not excluded");

        assertThat(served.resolve("d.bak")).doesNotExist();
        assertThat(watch.lines(JavaProgram.Stream.ERR)).hasSize(1);
    }

    @Test
    void endsWith6WhereTheLoginIsRefusedAndTriesNoMore() throws Exception {
        Ended added =
                SksyncJar.end(SksyncJar.launch(home, "useredit", "add", "ann", "--password-stdin", "-c", "auth.json")
                        .stdin("secret word\n"));
        assertThat(added.exitCode()).as(added.err()).isZero();
        Path config = home.resolve("auth.json");
        Files.writeString(
                config,
                Files.readString(config).replaceFirst("\\{", "{\"server_dir_whitelist\": [\"" + served + "\"],"));
        JavaProgram closed = start("server", "-c", "auth.json", "--port", "0", "--host", "127.0.0.1");
        port = SksyncJar.port(closed);
        profile(", \"username\": \"ann\", \"password\": \"wrong\"");

        Ended ended = run("watch", "notes", "--every", "1s");

        assertThat(ended.exitCode()).isEqualTo(6);
        assertThat(ended.err())
                .startsWith("error: notes: the server refused the login of user ann")
                .hasLineCount(1);
    }

    @Test
    void aSyncBesideItEndsWith11AndNamesIt() throws Exception {
        JavaProgram watch = watch("--every", "0");
        awaitOut(watch, "sent 1 file");
        Path another = home.resolve("another.json");
        Files.copy(home.resolve("sksync.json"), another);

        Ended ended = run("client", "notes", "-c", "another.json");

        assertThat(ended.exitCode()).isEqualTo(11);
        assertThat(ended.err())
                .startsWith("error: notes: another run syncs " + copy.toRealPath())
                .contains("sksync watch notes", "process " + watch.pid(), "since 20")
                .hasLineCount(1);
        assertThat(run("watch", "notes").exitCode()).isEqualTo(11);
    }

    @Test
    void aSyncRunsOnceTheHolderWasKilled() throws Exception {
        JavaProgram watch = watch("--every", "0");
        awaitOut(watch, "sent 1 file");
        watch.kill();
        SksyncJar.end(watch);

        assertThat(run("client", "notes").exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void endsBetweenSyncsWhenItIsToldTo(String signal, int exitCode) throws Exception {
        JavaProgram watch = watch("--every", "0");
        awaitOut(watch, "sent 1 file");

        SksyncJar.signal(watch, signal);

        assertThat(SksyncJar.end(watch).exitCode()).isEqualTo(exitCode);
        assertThat(copy.resolve(".sksync")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void endsInTheMiddleOfASyncAndLeavesNoTempFile(String signal, int exitCode) throws Exception {
        try (ScriptedPeer server = ScriptedPeer.server()) {
            port = server.port();
            server.play(peer -> {
                readListing(peer);
                peer.send("\nbig.bin\n1700000000000\n1000000\n" + "x".repeat(1000))
                        .within(SksyncJar.LIMIT)
                        .expectClose();
            });
            JavaProgram watch = watch("--every", "0");
            await().atMost(SksyncJar.LIMIT).until(() -> Files.exists(copy.resolve(".sksync")));

            SksyncJar.signal(watch, signal);

            assertThat(SksyncJar.end(watch).exitCode()).isEqualTo(exitCode);
            server.verify();
        }
        assertThat(copy.resolve(".sksync")).doesNotExist();
        assertThat(copy.resolve("big.bin")).doesNotExist();
    }

    @Test
    void tellsInJsonWhatItDoes() throws Exception {
        JavaProgram watch = watch("--every", "0", "--json");

        awaitOut(watch, "^\\{\"message_type\":\"watching\",\"profile\":\"notes\",.*\"local_changes\":true\\}$");
        awaitOut(watch, "^\\{\"message_type\":\"summary\",\"profile\":\"notes\",.*\"received_files\":1,.*\\}$");
        assertThat(watch.text(JavaProgram.Stream.ERR)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'watch',                     which profile",
        "'watch notes --all',         --all means every profile",
        "'watch nobody',              there is no client profile",
        "'watch notes --every 5',     expected: a time",
        "'watch notes --bwlimit 1k',  2k at least",
        "'watch notes --set port=x',  --set port is",
        "'watch notes --set prot=1',  the nearest known key is",
    })
    void endsWith2WhereTheCommandLineIsWrong(String words, String sentence) throws Exception {
        profile("");

        Ended ended = run(words.split(" ", -1));

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).startsWith("error: ").contains(sentence);
    }
}
