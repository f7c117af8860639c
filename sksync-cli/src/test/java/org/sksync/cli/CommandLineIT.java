package org.sksync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.cli.SksyncJar.Ended;

/** The words of {@code sksync.jar}, and what it says to wrong ones. */
class CommandLineIT {

    @TempDir
    Path here;

    private Ended run(String... words) throws Exception {
        return SksyncJar.run(here, words);
    }

    private static String[] words(String text, String last) {
        List<String> words =
                new ArrayList<>(text.isBlank() ? List.of() : List.of(text.trim().split(" ", -1)));
        words.add(last);
        return words.toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "server",
                "sync",
                "restore",
                "init",
                "pair",
                "job",
                "job add",
                "job list",
                "job show",
                "job edit",
                "job rename",
                "job remove",
                "service",
                "service install",
                "service status",
                "service remove",
                "completion",
                "useredit",
                "useredit add",
                "useredit passwd",
                "useredit remove",
                "useredit list",
                "useredit check",
                "watch",
                "status",
                "scan",
                "doctor",
                "man",
                "client",
                "help"
            })
    void showsHelpAtEveryLevel(String command) throws Exception {
        Ended ended = run(words(command, "--help"));

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).startsWith(("Usage: sksync " + command).strip()).contains("--version");
        assertThat(ended.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', sksync",
        "server, sksync",
        "client, sksync",
        "sync, sksync",
        "useredit, useredit",
        "useredit list, useredit",
    })
    void showsItsVersionAtEveryLevel(String command, String name) throws Exception {
        Ended ended = run(words(command, "--version"));

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).matches(name + " \\d+\\.\\d+\\.\\d+\\S*");
        assertThat(ended.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "serve              | unknown command 'serve'; did you mean server or service?            | sksync help",
                "server --prot 0    | unknown option '--prot'; did you mean --port?                       | sksync help server",
                "server more        | unexpected word 'more' (expected: options alone)                    | sksync help server",
                "server --port x    | --port: 'x' (expected: a whole number, such as --port 23456)        | sksync help server",
                "client a -c b -c c | --config: given twice (expected: once)                              | sksync help client",
                "useredit add       | missing: NAME (expected: sksync useredit add NAME)                  | sksync help useredit add",
            })
    void answersWrongWordsInOneSentenceAndWithWhereToLook(String words, String sentence, String help) throws Exception {
        Ended ended = run(words.split(" ", -1));

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err().lines()).containsExactly("error: " + sentence, "Try: " + help);
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void listsUsersOfAFile() throws Exception {
        Files.writeString(here.resolve("users.json"), "{\"users\": {\"ann\": {}, \"j\u00f6rg\": {}}}");

        Ended ended = run("useredit", "list", "-c", "users.json");

        assertThat(ended).isEqualTo(new Ended(0, "ann\nj\u00f6rg", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "remove ann", "passwd ann --password-stdin", "check ann --password-stdin"})
    void namesAFileOfUsersThatIsNotThere(String words) throws Exception {
        Ended ended = run(("useredit " + words + " -c missing.json").split(" ", -1));

        assertThat(ended)
                .isEqualTo(new Ended(
                        2,
                        "",
                        "error: missing.json: there is no such file; name the right one with -c FILE, or make it by"
                                + " adding a user with add"));
    }

    @Test
    void refusesToRunWhereFilesCannotBeNamed() throws Exception {
        Ended ended =
                SksyncJar.end(SksyncJar.launch(here, "server", "--port", "0").environment("LC_ALL", "C"));

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err())
                .startsWith("error: this locale can't name files beyond ASCII")
                .contains("LC_ALL=C.UTF-8");
        assertThat(ended.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "help", "sync --help", "help sync"})
    void showsHelpWhereFilesCannotBeNamed(String words) throws Exception {
        Ended ended = SksyncJar.end(SksyncJar.launch(here, words.split(" ", -1)).environment("LC_ALL", "C"));

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).startsWith("Usage: sksync");
    }

    @Test
    void saysWhereInACommandLineAFaultIsWithDebugOnly() throws Exception {
        assertThat(run("server", "--prot", "--debug").err()).contains("    at ");
        assertThat(run("server", "--prot").err()).doesNotContain("    at ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\\n \"port\": \"x\"}          | c.json, line 2: port is \"x\", but must be a whole number from 0 to 65535, without quotes",
                "{\\n\\n \"require_auth\": 1}   | c.json, line 3: require_auth is 1, but must be true or false, without quotes",
                "{\\n \"host\": \"a\"\\n \"port\": 1} | c.json, line 3: this is not JSON at column 2; look there and just before it",
                "[]                             | c.json, line 1: the file must hold an object; begin it with {",
                "``                             | c.json: the file is empty",
            })
    void namesFileLineKeyAndWhatIsExpected(String json, String sentence) throws Exception {
        Files.writeString(here.resolve("c.json"), json.replace("\\n", "\n"));

        Ended ended = run("c.json");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).startsWith("error: " + sentence).hasLineCount(1);
    }

    @Test
    void namesTheNearestKeyToOneThatIsNotKnown() throws Exception {
        Files.writeString(here.resolve("sksync.json"), "{\"clints\": {}}");

        Ended ended = run("client", "photos");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err().lines())
                .containsExactly(
                        "warning: sksync.json, line 1: the key \"clints\" is not known here and has no effect; the nearest"
                                + " known key is \"clients\"",
                        "error: sksync.json: there is no client profile \"photos\"; there is none at all, so write one"
                                + " under \"clients\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"server -c no.json", "no.json", "no.json client a", "client a -c no.json"})
    void namesAConfigurationThatIsNotThere(String words) throws Exception {
        Ended ended = run(words.split(" ", -1));

        assertThat(ended).isEqualTo(new Ended(2, "", "error: no.json: there is no such file; check its name"));
    }

    @Test
    void saysWhereItLookedForAConfigurationThatNobodyNamed() throws Exception {
        Ended ended = run("client", "photos");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err())
                .isEqualTo("error: there is no sksync.json in " + here.toRealPath()
                        + "; go to where sksync pair or init was run, name that file with -c FILE, or run sksync pair");
    }

    @Test
    void takesNoDirectoryForAConfiguration() throws Exception {
        Ended ended = run("server", "-c", ".");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).startsWith("error: .: the file can't be read").hasLineCount(1);
    }
}
