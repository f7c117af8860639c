package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.useredit.edit.SystemTerminal;
import picocli.CommandLine;
import picocli.CommandLine.MaxValuesExceededException;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.MissingTypeConverterException;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said to each kind of words that picocli refuses. */
class UsageErrorsTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Class<?>> kinds = new ArrayList<>();
    private final Terminals terminals =
            display -> new Terminal(new PrintWriter(out), new PrintWriter(err), Optional.empty(), display);

    private int run(String... words) {
        UsageErrors errors = new UsageErrors(terminals, Display.asked(List.of(words)));
        return SkSyncCommand.line(new SystemTerminal(), terminals)
                .setErr(new PrintWriter(err, true))
                .setOut(new PrintWriter(out, true))
                .setParameterExceptionHandler((failure, all) -> {
                    kinds.add(failure.getClass());
                    return errors.handleParseException(failure, all);
                })
                .execute(words);
    }

    /** Returns wrong words, the kind that they are to picocli, what is said, and where help is. */
    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(
                        "serve",
                        UnmatchedArgumentException.class,
                        "unknown command 'serve'; did you mean server or service?",
                        "sksync help"),
                Arguments.of(
                        "push",
                        UnmatchedArgumentException.class,
                        "unknown command 'push' (expected: init, pair, sync, watch, job, restore, server, status, scan,"
                                + " doctor, useredit, service, completion, client or help)",
                        "sksync help"),
                Arguments.of(
                        "job lst",
                        UnmatchedArgumentException.class,
                        "unknown command 'lst'; did you mean list?",
                        "sksync help job"),
                Arguments.of(
                        "help job lst",
                        UnmatchedArgumentException.class,
                        "unknown command 'lst'; did you mean list?",
                        "sksync help job"),
                Arguments.of(
                        "service instal",
                        UnmatchedArgumentException.class,
                        "unknown command 'instal'; did you mean install?",
                        "sksync help service"),
                Arguments.of(
                        "server --prot 0",
                        UnmatchedArgumentException.class,
                        "unknown option '--prot'; did you mean --port?",
                        "sksync help server"),
                Arguments.of(
                        "sync p --verbos=1",
                        UnmatchedArgumentException.class,
                        "unknown option '--verbos'; did you mean --verbose?",
                        "sksync help sync"),
                Arguments.of(
                        "sync --bogus",
                        UnmatchedArgumentException.class,
                        "unknown option '--bogus'",
                        "sksync help sync"),
                Arguments.of(
                        "job add p --no-recursiv",
                        UnmatchedArgumentException.class,
                        "unknown option '--no-recursiv'; did you mean --no-recursive?",
                        "sksync help job add"),
                Arguments.of(
                        "server more",
                        UnmatchedArgumentException.class,
                        "unexpected word 'more' (expected: options alone)",
                        "sksync help server"),
                Arguments.of(
                        "job rename a b c",
                        UnmatchedArgumentException.class,
                        "unexpected word 'c' (expected: OLD NEW and options)",
                        "sksync help job rename"),
                Arguments.of(
                        "useredit a.json b.json",
                        UnmatchedArgumentException.class,
                        "unexpected word 'b.json' (expected: [FILE] and options)",
                        "sksync help useredit"),
                Arguments.of(
                        "useredit add",
                        MissingParameterException.class,
                        "missing: NAME (expected: sksync useredit add NAME)",
                        "sksync help useredit add"),
                Arguments.of(
                        "job rename",
                        MissingParameterException.class,
                        "missing: OLD NEW (expected: sksync job rename OLD NEW)",
                        "sksync help job rename"),
                Arguments.of(
                        "job rename a",
                        MissingParameterException.class,
                        "missing: NEW (expected: sksync job rename OLD NEW)",
                        "sksync help job rename"),
                Arguments.of(
                        "man",
                        MissingParameterException.class,
                        "missing: --out DIR, such as --out notes",
                        "sksync help man"),
                Arguments.of(
                        "server -c",
                        MissingParameterException.class,
                        "--config: no value (expected: --config FILE, such as --config sksync.json)",
                        "sksync help server"),
                Arguments.of(
                        "server --port --host",
                        MissingParameterException.class,
                        "--port: no value before '--host' (expected: --port PORT, such as --port 23456)",
                        "sksync help server"),
                Arguments.of(
                        "client a -c b -c c",
                        OverwrittenOptionException.class,
                        "--config: given twice (expected: once)",
                        "sksync help client"),
                Arguments.of(
                        "sync a -q -v",
                        MutuallyExclusiveArgsException.class,
                        "--quiet and --verbose exclude each other (expected: one of them, once)",
                        "sksync help sync"),
                Arguments.of(
                        "watch a -v -v",
                        MaxValuesExceededException.class,
                        "--quiet and --verbose exclude each other (expected: one of them, once)",
                        "sksync help watch"),
                Arguments.of(
                        "server --port x",
                        ParameterException.class,
                        "--port: 'x' (expected: a whole number, such as --port 23456)",
                        "sksync help server"),
                Arguments.of(
                        "server -c a\0b",
                        ParameterException.class,
                        "--config: 'a\\u0000b' (expected: a path of this system, such as --config sksync.json)",
                        "sksync help server"),
                Arguments.of(
                        "sync --all=x",
                        ParameterException.class,
                        "--all: 'x' (expected: no value)",
                        "sksync help sync"),
                Arguments.of(
                        "watch a --every x",
                        ParameterException.class,
                        "--every: 'x' (expected: a time of at most a year, such as 30s, 5m, 1h30m or 2d; 0 for never)",
                        "sksync help watch"),
                Arguments.of(
                        "sync a --color x",
                        ParameterException.class,
                        "--color: 'x' (expected: auto, always or never)",
                        "sksync help sync"),
                Arguments.of(
                        "completion tcsh",
                        ParameterException.class,
                        "SHELL: 'tcsh' (expected: bash, zsh or fish)",
                        "sksync help completion"),
                Arguments.of(
                        "service remove x",
                        ParameterException.class,
                        "WHICH: 'x' (expected: daemon or watch)",
                        "sksync help service remove"),
                Arguments.of(
                        "completion",
                        ParameterException.class,
                        "which shell? (expected: bash, zsh or fish)",
                        "sksync help completion"),
                Arguments.of(
                        "service",
                        ParameterException.class,
                        "which command? (expected: install, status or remove)",
                        "sksync help service"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void areOneSentenceOfWhatWasGivenAndWhatIsExpected(String words, Class<?> kind, String sentence, String help) {
        assertThat(run(words.split(" ", -1))).isEqualTo(ExitCode.USAGE.code());

        assertThat(err.toString().lines()).containsExactly("error: " + sentence, "Try: " + help);
        assertThat(out.toString()).isEmpty();
        assertThat(kinds).containsExactly(kind);
    }

    @Test
    void areKnownOfEveryKindThatPicocliHas() {
        Set<String> provoked = wrong().map(row -> ((Class<?>) row.get()[1]).getSimpleName())
                .collect(Collectors.toCollection(TreeSet::new));
        // This one is the program's own fault: an option of a type that nothing can read.
        provoked.add(MissingTypeConverterException.class.getSimpleName());

        assertThat(Arrays.stream(CommandLine.class.getDeclaredClasses())
                        .filter(ParameterException.class::isAssignableFrom)
                        .map(Class::getSimpleName))
                .containsExactlyInAnyOrderElementsOf(provoked);
    }

    @Test
    void nameTheCommandsWhereOneIsMissing() {
        assertThat(run("job")).isEqualTo(ExitCode.USAGE.code());

        assertThat(err.toString().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("error: which command? (expected: ")
                                .contains("add", "edit", "list", "remove", "rename", "show", " or "),
                        line -> assertThat(line).isEqualTo("Try: sksync help job"));
    }

    @Test
    void areAsAConverterSaysThem() {
        assertThat(run("sync", "a", "--bwlimit", "x")).isEqualTo(ExitCode.USAGE.code());

        assertThat(err.toString()).startsWith("error: --bwlimit: \"x\" is no limit; it must be ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "client", "job", "job add", "useredit list", "help"})
    void areFollowedByWhatShowsTheHelpOfThatCommand(String command) {
        String[] words = ("help " + command).trim().split(" ", -1);

        assertThat(run(words)).isZero();

        assertThat(out.toString()).startsWith(("Usage: sksync " + command).trim() + " [OPTIONS]");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void comeInOneLineOfJsonWhereThatIsAskedFor() {
        assertThat(run("server", "more", "--json")).isEqualTo(ExitCode.USAGE.code());

        assertThat(out.toString())
                .isEqualToIgnoringNewLines("{\"message_type\":\"error\",\"message\":\"unexpected word 'more' (expected:"
                        + " options alone); try: sksync help server\"}");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void takeNoWordForTheNameOfAFileOfWords(@TempDir Path here) {
        assertThat(run("server", "@" + here)).isEqualTo(ExitCode.USAGE.code());

        assertThat(err.toString()).startsWith("error: unexpected word '@" + here + "' (expected: options alone)");
    }
}
