package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sksync.cli.setup.Invitation;
import org.sksync.config.ConfigReader;
import org.sksync.config.ServerSettings;
import picocli.CommandLine;

class InitCommandTest {

    private static final String DRAWN = "\u2588\u2588\u2588";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path here;

    private int columns = 10_000;

    private int init(Optional<Person> person, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("-c", here.resolve("sksync.json").toString(), "--name", "desk.example"));
        Screen screen = new Screen() {
            @Override
            public int columns() {
                return columns;
            }
        };
        Terminals terminals = display ->
                new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), person, display, screen);
        return new CommandLine(new InitCommand(terminals, Clock.systemUTC(), new SecureRandom()))
                .execute(all.toArray(String[]::new));
    }

    private Invitation invitation() throws Exception {
        return Invitation.parse(out.toString()
                .lines()
                .filter(line -> line.startsWith("sksync://"))
                .findFirst()
                .orElseThrow());
    }

    @Test
    void writesWhatADaemonAndTheInvitationAgreeOn() throws Exception {
        Path folder = here.toRealPath().resolve("a/b");

        assertThat(init(Optional.empty(), folder.toString(), "--user", "J\u00fcrgen", "--port", "1234"))
                .as(err.toString())
                .isZero();

        ServerSettings settings = ConfigReader.read(here.resolve("sksync.json")).server();
        assertThat(settings.useSsl()).isTrue();
        assertThat(settings.requireAuth()).isTrue();
        assertThat(settings.allowedRoots()).containsExactly(folder.toString());
        assertThat(settings.users()).containsOnlyKeys("J\u00fcrgen");
        assertThat(settings.port()).isEqualTo(1234);
        assertThat(folder).isEmptyDirectory();
        Invitation invitation = invitation();
        assertThat(invitation.user().value()).isEqualTo("J\u00fcrgen");
        assertThat(invitation.hosts()).startsWith("desk.example");
        assertThat(invitation.port()).isEqualTo(1234);
        assertThat(invitation.serverPath()).isEqualTo(folder.toString());
        assertThat(invitation.password().reveal()).matches("[a-z]+(-[a-z]+){5}");
    }

    @Test
    void tellsTheSameAsJson() throws Exception {
        assertThat(init(Optional.empty(), here.resolve("a").toString(), "--json"))
                .isZero();

        assertThat(out.toString())
                .startsWith("{\"message_type\":\"init\",\"config\":\"")
                .contains("\"directory_made\":true", "\"invitation\":\"sksync://", "\"fingerprint\":\"SHA256:")
                .hasLineCount(1);
    }

    @Test
    void asksForTheDirectoryAtATerminal() throws Exception {
        ScriptedPerson person = new ScriptedPerson("", here.resolve("asked").toString());

        assertThat(init(Optional.of(person), "--no-qr")).as(err.toString()).isZero();

        assertThat(person.questions()).containsExactly("Folder to serve: ", "Folder to serve: ");
        assertThat(here.resolve("asked")).isDirectory();
        assertThat(person.drawn()).doesNotContain(DRAWN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--port 0          | --port is 0, but must be a number from 1 to 65535",
                "--port 65536      | --port is 65536, but must be a number from 1 to 65535",
                "--name k\u00fcche | no name of this machine",
                "--name 1.2.3.256  | no name of this machine",
                "--user a\u0000b   | --user: user name: holds a control character",
            })
    void refusesWhatCanNotBeUsedAndWritesNothing(String words, String sentence) {
        List<String> all = new ArrayList<>(List.of(here.resolve("a").toString()));
        all.addAll(List.of(words.split(" ", -1)));

        assertThat(init(Optional.empty(), all.toArray(String[]::new))).isEqualTo(2);

        assertThat(err.toString()).contains(sentence);
        assertThat(here.resolve("sksync.json")).doesNotExist();
        assertThat(here.resolve("sksync.key")).doesNotExist();
    }

    @Test
    void refusesADirectoryThatHoldsTheConfiguration() {
        assertThat(init(Optional.empty(), here.toString())).isEqualTo(2);

        assertThat(err.toString()).contains("holds " + here.resolve("sksync.json"), "-c FILE");
        assertThat(here).isEmptyDirectory();
    }

    @Test
    void namesTheFolderThatCanNotBeMade() throws Exception {
        Path inTheWay = Files.writeString(here.resolve("file"), "mine");

        assertThat(init(Optional.empty(), inTheWay.resolve("notes").toString())).isEqualTo(1);

        assertThat(err.toString())
                .startsWith("error: the folder " + inTheWay.resolve("notes") + " can't be made")
                .doesNotContain("sksync.json")
                .hasLineCount(1);
        assertThat(here.resolve("sksync.json")).doesNotExist();
    }

    @Test
    void refusesAUserForTheAppWhichKnowsNone() {
        assertThat(init(Optional.empty(), here.resolve("phone").toString(), "--android", "--user", "ann"))
                .isEqualTo(2);

        assertThat(err.toString()).contains("--user: not with --android");
        assertThat(here).isEmptyDirectory();
    }

    @Test
    void refusesADirectoryThatTheAppCanNotName() {
        assertThat(init(Optional.empty(), here.resolve("\u9152").toString(), "--android"))
                .isEqualTo(2);

        assertThat(err.toString()).contains("windows-1252");
        assertThat(here.resolve("sksync.json")).doesNotExist();
    }

    @Test
    void drawsTheLineForAPersonAlone() throws Exception {
        ScriptedPerson person = new ScriptedPerson();

        assertThat(init(Optional.of(person), here.resolve("a").toString())).isZero();

        assertThat(person.drawn()).contains(DRAWN);
        assertThat(out.toString()).doesNotContain(DRAWN).doesNotContain("make the terminal");
    }

    @Test
    void drawsNothingThatIsWiderThanTheScreen() throws Exception {
        ScriptedPerson person = new ScriptedPerson();
        columns = 20;

        assertThat(init(Optional.of(person), here.resolve("a").toString())).isZero();

        assertThat(person.drawn()).doesNotContain(DRAWN);
        assertThat(out.toString()).contains("make the terminal");
    }
}
