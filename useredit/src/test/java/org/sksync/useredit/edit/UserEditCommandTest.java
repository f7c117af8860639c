package org.sksync.useredit.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.config.ConfigReader;
import org.sksync.config.StoredVerifier;
import org.sksync.protocol.srp.SrpVerifier;
import org.sksync.protocol.srp.UserName;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class UserEditCommandTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-04T05:06:07Z"), ZoneOffset.UTC);

    /** The verifier of testuser, testpassword that pysksync's documents show. */
    private static final String PYSKSYNC_USER = """
            {"users": {"testuser": {"authsrp": ["cf78a7a5", "7443843a24acb936bfb5d5e0d4184a3fd521d4edd8096cf2ac9cdc62\
            eed1a363d9c4a1bd39cb69c8836eb6f77e757e73b77be766af8547eeab4d9b3be17e2860c81afde7d4d8b5b855635ccd22352e25\
            38b27a30518c65e825f7bb29a7037e79aa144726af2dc24ccae76a8e7a2f97fede87aee5ecab1e1ee7e559ce85fc14767ef25314\
            c121b9c093dcf980caab66c60ae7c426a885e04bcbd761b6289b582a6d194a145932180f9b55f58cb1d937659ded8c9eeb594907\
            05c22263241ead65db01ac218a2b76c49947fdaf4f82c5de79c97f17da1101fc1daf14e7f49beb9b8c4496c4a585805a8b858f15\
            9ec2c8d423819f84530f496ee5303d2b2eb6a32b"]}}}
            """;

    @TempDir
    private Path directory;

    private Path file;

    /** What a run left behind. */
    private record Run(int exitCode, String out, String err) {}

    @BeforeEach
    void chooseFile() {
        file = directory.resolve("sksync.json");
    }

    private static Run run(Terminal terminal, String... args) {
        return execute(UserEditMain.commandLine(terminal, CLOCK, new SecureRandom()), args);
    }

    private static Run execute(CommandLine commandLine, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        int exitCode = commandLine.execute(args);
        return new Run(exitCode, out.toString(), err.toString());
    }

    private Run command(Terminal terminal, String command, String... more) {
        List<String> args = new ArrayList<>(List.of(command, "-c", file.toString()));
        args.addAll(List.of(more));
        return run(terminal, args.toArray(String[]::new));
    }

    private boolean fits(String name, String password) throws Exception {
        StoredVerifier stored = ConfigReader.read(file).server().users().get(name);
        assertThat(stored).isNotNull();
        return SrpVerifier.ofHex(stored.saltHex(), stored.verifierHex())
                .matches(UserName.of(name), password.toCharArray());
    }

    private void given(String content) throws IOException {
        Files.writeString(file, content);
    }

    @Nested
    class Asked {

        @Test
        void asksAsPysksyncDidAndAddsTheUser() throws Exception {
            ScriptedTerminal terminal = ScriptedTerminal.answering("bob", "secret", "secret");

            Run run = run(terminal, file.toString());

            assertThat(run.exitCode()).isZero();
            assertThat(terminal.questions())
                    .containsExactly("Username: ", "\"bob\" Password: (hidden)", "Confirm password: (hidden)");
            assertThat(run.out()).isEqualTo("set the password of \"bob\" in " + file + System.lineSeparator());
            assertThat(run.err()).isEmpty();
            assertThat(fits("bob", "secret")).isTrue();
            assertThat(fits("bob", "Secret")).isFalse();
        }

        @Test
        void changesThePasswordOfAUserThatIsThere() throws Exception {
            given(PYSKSYNC_USER);

            Run run = run(ScriptedTerminal.answering("testuser", "new", "new"), "--config", file.toString());

            assertThat(run.exitCode()).isZero();
            assertThat(fits("testuser", "new")).isTrue();
            assertThat(fits("testuser", "testpassword")).isFalse();
        }

        @Test
        void asksForConfirmationUntilItIsAlike() throws Exception {
            ScriptedTerminal terminal = ScriptedTerminal.answering("bob", "secret", "sekret", "", "secret");

            assertThat(run(terminal, file.toString()).exitCode()).isZero();
            assertThat(terminal.questions()).hasSize(5);
            assertThat(fits("bob", "secret")).isTrue();
        }

        @Test
        void givesUpAfterThreeConfirmations() {
            Run run = run(ScriptedTerminal.answering("bob", "secret", "a", "b", "c", "secret"), file.toString());

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err())
                    .isEqualToNormalizingNewlines(
                            "error: the password was not typed alike in 3 tries; nothing was changed\n");
            assertThat(file).doesNotExist();
        }

        @Test
        void endsWithTheInputAtAnyQuestion() {
            for (List<String> answers : List.of(List.<String>of(), List.of("bob"), List.of("bob", "secret"))) {
                Run run = run(ScriptedTerminal.answering(answers.toArray(String[]::new)), file.toString());

                assertThat(run.exitCode()).isEqualTo(130);
                assertThat(run.err()).contains("the input ended at a question; nothing was changed");
                assertThat(file).doesNotExist();
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a\tb", "a\u001bb", "j\ufffd\ufffdrgen"})
        void refusesWhatIsNoNameBeforeThePassword(String name) {
            ScriptedTerminal terminal = ScriptedTerminal.answering(name, "secret", "secret");

            Run run = run(terminal, file.toString());

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).startsWith("error: user name: ").doesNotContain("\u001b");
            assertThat(terminal.questions()).containsExactly("Username: ");
            assertThat(file).doesNotExist();
        }

        @Test
        void refusesEmptyPassword() {
            Run run = run(ScriptedTerminal.answering("bob", "", ""), file.toString());

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("the password is empty");
            assertThat(file).doesNotExist();
        }

        @Test
        void refusesPasswordThatGotLostInTheLocale() {
            for (List<String> answers :
                    List.of(List.of("bob", "p\ufffd\ufffdss"), List.of("bob", "pass", "p\ufffdss"))) {
                Run run = run(ScriptedTerminal.answering(answers.toArray(String[]::new)), file.toString());

                assertThat(run.exitCode()).isEqualTo(2);
                assertThat(run.err())
                        .contains("can't be read in this locale; set LC_ALL")
                        .doesNotContain("ss\n");
                assertThat(file).doesNotExist();
            }
        }

        @Test
        void needsATerminal() {
            Run run = run(ScriptedTerminal.piped("bob\nsecret\nsecret\n"), file.toString());

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("there is no terminal", "useredit add NAME --password-stdin");
            assertThat(file).doesNotExist();
        }

        @Test
        void refusesTwoFiles() {
            Run run = run(ScriptedTerminal.answering("bob", "a", "a"), file.toString(), "-c", "other.json");

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).startsWith("error: the file is given twice");
        }
    }

    @Nested
    class Add {

        @Test
        void takesThePasswordFromTheFirstLineOfStandardInput() throws Exception {
            Run run = command(ScriptedTerminal.piped("pässword\nmore\n"), "add", "bob", "--password-stdin");

            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).isEqualTo("added \"bob\" in " + file + System.lineSeparator());
            assertThat(run.err()).isEmpty();
            assertThat(fits("bob", "pässword")).isTrue();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }

        @ParameterizedTest
        @ValueSource(strings = {"secret", "secret\n", "secret\r\n"})
        void takesTheLineHoweverItEnds(String input) throws Exception {
            command(ScriptedTerminal.piped(input), "add", "bob", "--password-stdin");

            assertThat(fits("bob", "secret")).isTrue();
        }

        @Test
        void asksAtTheTerminal() throws Exception {
            ScriptedTerminal terminal = ScriptedTerminal.answering("secret", "secret");

            assertThat(command(terminal, "add", "bob").exitCode()).isZero();
            assertThat(terminal.questions())
                    .containsExactly("\"bob\" Password: (hidden)", "Confirm password: (hidden)");
            assertThat(fits("bob", "secret")).isTrue();
        }

        @Test
        void makesSixteenBytesOfSaltOfWhichTheFirstIsNotZero() throws Exception {
            for (int i = 0; i < 5; i++) {
                command(ScriptedTerminal.piped("secret"), "add", "user" + i, "--password-stdin");
            }

            assertThat(ConfigReader.read(file).server().users().values())
                    .hasSize(5)
                    .extracting(StoredVerifier::salt)
                    .allSatisfy(salt -> assertThat(salt).hasSize(16))
                    .allSatisfy(salt -> assertThat(salt[0]).isNotZero())
                    .doesNotHaveDuplicates();
        }

        @Test
        void refusesUserThatIsThereBeforeItAsks() throws Exception {
            given(PYSKSYNC_USER);
            ScriptedTerminal terminal = ScriptedTerminal.answering("a", "a");

            Run run = command(terminal, "add", "testuser");

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).startsWith("error: " + file + ": there is a user \"testuser\" already;");
            assertThat(terminal.questions()).isEmpty();
            assertThat(file).hasContent(PYSKSYNC_USER);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "\n", "\r\n", "\nsecret\n"})
        void refusesEmptyPassword(String input) {
            Run run = command(ScriptedTerminal.piped(input), "add", "bob", "--password-stdin");

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("the password is empty");
            assertThat(file).doesNotExist();
        }

        @Test
        void refusesPasswordThatIsNotUtf8() {
            Run run = command(
                    ScriptedTerminal.piped(new byte[] {'s', (byte) 0xe4, '\n'}), "add", "bob", "--password-stdin");

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("is not UTF-8");
            assertThat(file).doesNotExist();
        }

        @Test
        void refusesEndlessLine() {
            Run run = command(ScriptedTerminal.piped("x".repeat(4097)), "add", "bob", "--password-stdin");

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("longer than 4096 bytes").doesNotContain("xxx");
        }

        @Test
        void takesTheLongestLine() throws Exception {
            assertThat(command(ScriptedTerminal.piped("x".repeat(4096)), "add", "bob", "--password-stdin")
                            .exitCode())
                    .isZero();
            assertThat(fits("bob", "x".repeat(4096))).isTrue();
        }

        @Test
        void needsATerminalWhereNoPasswordIsPiped() {
            Run run = command(ScriptedTerminal.piped("secret"), "add", "bob");

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("there is no terminal", "--password-stdin");
        }

        @Test
        void takesNoPasswordAsArgument() {
            for (String[] args : new String[][] {{"bob", "secret"}, {"bob", "--password", "secret"}}) {
                Run run = command(ScriptedTerminal.answering("a", "a"), "add", args);

                assertThat(run.exitCode()).isEqualTo(2);
                assertThat(file).doesNotExist();
            }
        }

        @Test
        void tellsWhereCommentsAreKept() throws Exception {
            given("{\"port\": 1} # mine");

            Run run = command(ScriptedTerminal.piped("secret"), "add", "bob", "--password-stdin");

            Path backup = directory.resolve("sksync.json.bak-20260304-050607");
            assertThat(run.err()).startsWith("warning: ").contains("the old one is kept as " + backup);
            assertThat(backup).hasContent("{\"port\": 1} # mine");
            assertThat(ConfigReader.read(file).server().port()).isEqualTo(1);
        }
    }

    @Nested
    class Passwd {

        @Test
        void changesThePassword() throws Exception {
            given(PYSKSYNC_USER);

            Run run = command(ScriptedTerminal.answering("new", "new"), "passwd", "testuser");

            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).startsWith("changed the password of \"testuser\" in " + file);
            assertThat(fits("testuser", "new")).isTrue();
        }

        @Test
        void refusesUserThatIsNotThereBeforeItAsks() throws Exception {
            given(PYSKSYNC_USER);
            ScriptedTerminal terminal = ScriptedTerminal.answering("a", "a");

            Run run = command(terminal, "passwd", "bob");

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).startsWith("error: " + file + ": there is no user \"bob\"; add it with add");
            assertThat(terminal.questions()).isEmpty();
        }
    }

    @Nested
    class Remove {

        @Test
        void removesTheUser() throws Exception {
            given(PYSKSYNC_USER);

            Run run = command(ScriptedTerminal.piped(""), "remove", "testuser");

            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).startsWith("removed \"testuser\" in " + file);
            assertThat(ConfigReader.read(file).server().users()).isEmpty();
        }

        @Test
        void refusesUserThatIsNotThere() throws Exception {
            given(PYSKSYNC_USER);

            Run run = command(ScriptedTerminal.piped(""), "remove", "bob");

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("there is no user \"bob\"");
            assertThat(file).hasContent(PYSKSYNC_USER);
        }
    }

    @Nested
    class Listing {

        @Test
        void namesTheUsersInFileOrder() throws Exception {
            given("{\"users\": {\"zoe\": {}, \"al\": {}, \"e\\u001bvil\": {}, \"Jürgen\": {}}}");

            Run run = command(ScriptedTerminal.piped(""), "list");

            assertThat(run.exitCode()).isZero();
            assertThat(run.out().lines()).containsExactly("zoe", "al", "e\\u001bvil", "Jürgen");
        }

        @Test
        void isEmptyOfAFileWithoutUsers() throws Exception {
            given("{}");

            assertThat(command(ScriptedTerminal.piped(""), "list")).isEqualTo(new Run(0, "", ""));
        }

        @Test
        void refusesBrokenFileInOneSentence() throws Exception {
            given("{\n\"users\": }");

            Run run = command(ScriptedTerminal.piped(""), "list");

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err().lines())
                    .singleElement()
                    .asString()
                    .startsWith("error: " + file + ", line 2: this is not JSON");
        }
    }

    @Nested
    class Check {

        @Test
        void acceptsThePasswordOfAVerifierThatPysksyncMade() throws Exception {
            given(PYSKSYNC_USER);

            Run run = command(ScriptedTerminal.piped("testpassword\n"), "check", "testuser", "--password-stdin");

            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).startsWith("the password is that of \"testuser\"");
        }

        @Test
        void refusesAnyOther() throws Exception {
            given(PYSKSYNC_USER);

            Run run = command(ScriptedTerminal.piped("Testpassword\n"), "check", "testuser", "--password-stdin");

            assertThat(run.exitCode()).isEqualTo(6);
            assertThat(run.out()).isEmpty();
            assertThat(run.err())
                    .contains("the password is not that of \"testuser\"")
                    .doesNotContain("Testpassword");
        }

        @Test
        void asksOnce() throws Exception {
            given(PYSKSYNC_USER);
            ScriptedTerminal terminal = ScriptedTerminal.answering("testpassword");

            assertThat(command(terminal, "check", "testuser").exitCode()).isZero();
            assertThat(terminal.questions()).containsExactly("\"testuser\" Password: (hidden)");
        }

        @Test
        void refusesUserThatIsNotThereOrHasNoPassword() throws Exception {
            given("{\"users\": {\"nobody\": {}}}");

            assertThat(command(ScriptedTerminal.piped("x"), "check", "bob", "--password-stdin"))
                    .satisfies(run -> assertThat(run.exitCode()).isEqualTo(2))
                    .satisfies(run -> assertThat(run.err()).contains("there is no user \"bob\""));
            assertThat(command(ScriptedTerminal.piped("x"), "check", "nobody", "--password-stdin"))
                    .satisfies(run -> assertThat(run.exitCode()).isEqualTo(2))
                    .satisfies(run -> assertThat(run.err()).contains("the user \"nobody\" has no password"));
        }

        @Test
        void leavesTheFileAlone() throws Exception {
            given(PYSKSYNC_USER);

            command(ScriptedTerminal.piped("testpassword"), "check", "testuser", "--password-stdin");

            assertThat(file).hasContent(PYSKSYNC_USER);
        }
    }

    @Nested
    class Words {

        @Test
        void takeTheFileBeforeTheCommandToo() throws Exception {
            given(PYSKSYNC_USER);

            assertThat(run(ScriptedTerminal.piped(""), "-c", file.toString(), "list")
                            .out())
                    .isEqualToNormalizingNewlines("testuser\n");
            assertThat(run(ScriptedTerminal.piped(""), file.toString(), "list").out())
                    .isEqualToNormalizingNewlines("testuser\n");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "add", "passwd", "remove", "list", "check"})
        void explainThemselves(String command) {
            String[] help = command.isEmpty() ? new String[] {"--help"} : new String[] {command, "--help"};
            String[] version = command.isEmpty() ? new String[] {"--version"} : new String[] {command, "--version"};

            assertThat(run(ScriptedTerminal.piped(""), help))
                    .satisfies(run -> assertThat(run.exitCode()).isZero())
                    .satisfies(run -> assertThat(run.out()).startsWith("Usage: useredit " + command));
            assertThat(run(ScriptedTerminal.piped(""), version))
                    .satisfies(run -> assertThat(run.exitCode()).isZero())
                    .satisfies(run -> assertThat(run.out()).startsWith("useredit "));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "--nonsense    | unknown option '--nonsense'                                | useredit",
                    "add           | missing: NAME (expected: useredit add NAME)                | useredit add",
                    "lst -c        | --config: no value (expected: --config FILE, such as --config sksync.json) | useredit",
                    "list extra    | unexpected word 'extra' (expected: options alone)          | useredit list",
                    "a.json b.json | unexpected word 'b.json' (expected: [FILE] and options)    | useredit",
                    "a.json lst    | unexpected word 'lst'; did you mean list?                  | useredit",
                    "remove a --debg | unknown option '--debg'; did you mean --debug?           | useredit remove",
                })
        void areRefusedWithTwoWhenWrong(String words, String sentence, String command) {
            Run run = run(ScriptedTerminal.answering(), words.split(" ", -1));

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err().lines()).containsExactly("error: " + sentence, "Try: " + command + " --help");
        }

        @ParameterizedTest
        @ValueSource(strings = {"passwd bob", "remove bob", "list", "check bob"})
        void nameAFileThatIsNotThere(String words) {
            String[] all = words.split(" ", -1);

            Run run = command(ScriptedTerminal.answering(), all[0], Arrays.copyOfRange(all, 1, all.length));

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err())
                    .isEqualToNormalizingNewlines("error: " + file + ": there is no such file; name the right one with"
                            + " -c FILE, or make it by adding a user with add\n");
            assertThat(run.out()).isEmpty();
            assertThat(directory).isEmptyDirectory();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "add", "passwd", "remove", "list", "check"})
        void areExplainedInOneFormWithTheExitCodes(String command) {
            String[] help = (command + " --help").trim().split(" ", -1);

            assertThat(run(ScriptedTerminal.piped(""), help).out())
                    .startsWith(("Usage: useredit " + command).trim() + " [OPTIONS]")
                    .containsSubsequence("Exit codes:", "0", "all done", "130", "interrupted at a question");
        }

        @Test
        void showAStackTraceOnlyWhenDebugging() throws Exception {
            Path nowhere = directory.resolve("none/sksync.json");

            Run plain = run(ScriptedTerminal.piped("x"), "add", "bob", "--password-stdin", "-c", nowhere.toString());
            Run debugging = run(
                    ScriptedTerminal.piped("x"), "add", "bob", "--password-stdin", "--debug", "-c", nowhere.toString());

            assertThat(plain.exitCode()).isEqualTo(1);
            assertThat(plain.err())
                    .isEqualToNormalizingNewlines(
                            "error: " + nowhere + ": its directory is not there; make it first\n");
            assertThat(debugging.exitCode()).isEqualTo(1);
            assertThat(debugging.err()).contains("\tat ");
        }
    }

    /** Another program that has useredit among its commands. */
    @Command(name = "host")
    private static final class Host {}

    @Test
    void worksBeneathAnotherCommand() throws Exception {
        List<String> told = new ArrayList<>();
        Report report = new Report() {

            @Override
            public void tell(String line, String messageType, Map<String, String> fields) {
                told.add(line + " " + messageType + fields);
            }

            @Override
            public void warn(String sentence) {
                told.add(sentence);
            }

            @Override
            public void error(String sentence, Exception cause) {
                told.add(sentence);
            }
        };
        CommandLine host = new CommandLine(new Host())
                .addSubcommand(UserEditCommand.line(
                        ScriptedTerminal.piped("secret"), CLOCK, new SecureRandom(), (command, debug) -> report));

        Run run = execute(host, "useredit", "add", "bob", "--password-stdin", "-c", file.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(told)
                .containsExactly(
                        "added \"bob\" in " + file + " user_change{action=added, name=bob, config=" + file + "}");
        assertThat(fits("bob", "secret")).isTrue();
    }
}
