package org.sksync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sksync.cli.SksyncJar.Ended;
import org.sksync.testkit.JavaProgram;

/** The words of {@code sksync sync}, with two profiles of one daemon. */
class SyncCommandIT {

    @TempDir
    static Path servers;

    private static Path served;
    private static JavaProgram daemon;
    private static int port;

    @TempDir
    Path here;

    @BeforeAll
    static void startDaemon() throws IOException {
        served = Files.createDirectory(servers.resolve("served"));
        Files.writeString(served.resolve("a.txt"), "hello");
        Files.writeString(
                servers.resolve("sksync.json"),
                "{\"require_auth\": false, \"server_dir_whitelist\": [\"" + served + "\"]}");
        daemon = SksyncJar.daemon(servers, "sksync.json");
        port = SksyncJar.port(daemon);
    }

    @AfterAll
    static void stopDaemon() {
        daemon.close();
    }

    @BeforeEach
    void writeProfiles() throws IOException {
        Files.createDirectory(here.resolve("one"));
        Files.createDirectory(here.resolve("two"));
        Files.createDirectory(here.resolve("other"));
        Files.writeString(here.resolve("sksync.json"), """
                {"host": "127.0.0.1", "port": %d, "clients": {
                 "two": {"server_path": "%2$s", "client_path": "two"},
                 "one": {"server_path": "%2$s", "client_path": "one"}}}""".formatted(port, served));
    }

    private Ended run(String... words) throws IOException {
        return SksyncJar.run(here, words);
    }

    @Test
    void syncsEveryProfileInTheOrderOfTheFile() throws Exception {
        Ended ended = run("sync", "--all");

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out().lines())
                .satisfiesExactly(line -> assertThat(line).startsWith("two: received 1 file"), line -> assertThat(line)
                        .startsWith("one: received 1 file"));
    }

    @ParameterizedTest
    @CsvSource({"sync", "client"})
    void isOneCommandUnderTwoNames(String command) throws Exception {
        assertThat(run(command, "one").out()).startsWith("one: received 1 file");
        assertThat(run("sksync.json", command, "two").out()).startsWith("two: received 1 file");
    }

    @Test
    void takesAllOrNamesButNotBoth() throws Exception {
        assertThat(run("sync", "--all", "one"))
                .isEqualTo(new Ended(2, "", "error: --all syncs every profile; leave the names or --all out"));
        assertThat(here.resolve("one")).isEmptyDirectory();
    }

    @Test
    void syncsAProfileOnceThatIsNamedTwice() throws Exception {
        Ended ended = run("sync", "one", "one");

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).startsWith("one: received 1 file").hasLineCount(1);
        assertThat(ended.err())
                .startsWith("warning: a profile is named more than once")
                .hasLineCount(1);
    }

    @Test
    void takesOtherValuesForOneRun() throws Exception {
        Ended ended = run(
                "sync",
                "one",
                "--set",
                "client_path=other",
                "--set",
                "filter_fnmatch_exclude=[\"a.*\"]",
                "-c",
                "sksync.json");
        assertThat(ended.out()).startsWith("one: received 0 files");

        assertThat(run("sync", "one", "--set", "client_path=other").exitCode()).isZero();
        assertThat(here.resolve("other/a.txt")).hasContent("hello");
        assertThat(here.resolve("one")).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "modify_window=0    | --set modify_window is 0, but must be a whole number from 1 to 3600",
                "password=hunter2   | --set takes no password, because others can see the words of a command; set \"password\" in the configuration, or leave it out there and be asked for it",
            })
    void refusesAValueInOneSentence(String word, String sentence) throws Exception {
        assertThat(run("sync", "one", "--set", word)).isEqualTo(new Ended(2, "", "error: " + sentence));
    }

    @Test
    void tellsMoreOrLess() throws Exception {
        Files.writeString(here.resolve("one/b.txt"), "here");
        Files.writeString(here.resolve("one/no\\name"), "can't travel");

        Ended quiet = run("sync", "one", "-q");
        Files.delete(here.resolve("one/a.txt"));
        Ended verbose = run("sync", "one", "-v", "--color", "always", "--set", "sync_type=bidirectional_use_time");
        Files.delete(served.resolve("b.txt"));

        assertThat(quiet.exitCode()).isEqualTo(3);
        assertThat(quiet.out()).isEmpty();
        assertThat(quiet.err()).startsWith("warning: one: skipped no\\name: ").hasLineCount(1);
        assertThat(verbose.exitCode()).isEqualTo(3);
        assertThat(verbose.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("skipped no\\name: "),
                        line -> assertThat(line).isEqualTo("sent b.txt"),
                        line -> assertThat(line).isEqualTo("received a.txt"),
                        line -> assertThat(line)
                                .startsWith("one: received 1 file (5 B), sent 1 file (4 B), skipped 1"));
    }

    @Test
    void isColouredWhereThatIsAskedFor() throws Exception {
        assertThat(run("sync", "one", "--color", "always").out()).startsWith("\u001b[32mone: received 1 file");
        assertThat(run("sync", "on", "--color", "always").err()).startsWith("\u001b[31merror:\u001b[0m ");
        assertThat(run("sync", "one").out()).startsWith("one: received 0 files");
    }

    @Test
    void canNotTellMoreAndLess() throws Exception {
        Ended ended = run("sync", "one", "-q", "-v");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("error: --quiet and --verbose exclude each other"),
                        line -> assertThat(line).isEqualTo("Try: sksync help sync"));
    }
}
