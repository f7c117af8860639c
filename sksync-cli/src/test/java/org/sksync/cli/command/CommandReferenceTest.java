package org.sksync.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.cli.reference.ManPages;
import org.sksync.cli.reference.Shell;
import org.sksync.useredit.edit.SystemTerminal;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * {@code --help}, man pages and completion say the same of every command. What help says is read off its text, as a
 * person would.
 */
@DisabledOnOs(OS.WINDOWS)
class CommandReferenceTest {

    private static final Pattern OPTION = Pattern.compile("^ +(-[^\\s,=]+)(?:, (-[^\\s,=]+))?(?:[ =].*)?$");
    private static final Pattern ITEM = Pattern.compile("^  (\\S+) .*$");
    private static final Set<String> LABELS_OF_PATHS = Set.of("FILE", "PATH", "DIR");

    @TempDir
    Path here;

    private static CommandLine line() {
        Terminals terminals = display -> new Terminal(
                new PrintWriter(System.out, true, UTF_8),
                new PrintWriter(System.err, true, UTF_8),
                Optional.empty(),
                display);
        return SkSyncCommand.line(new SystemTerminal(), terminals);
    }

    /** Returns every command whose help can be found by following help from the program on. */
    static List<CommandLine> commands() {
        List<CommandLine> all = new ArrayList<>(List.of(line()));
        for (int i = 0; i < all.size(); i++) {
            CommandLine command = all.get(i);
            listed(help(command), "Commands:")
                    .forEach(name -> all.add(command.getSubcommands().get(name)));
        }
        return all;
    }

    private static String words(CommandLine command) {
        return command.getCommandSpec().qualifiedName();
    }

    private static String help(CommandLine command) {
        return command.getUsageMessage(Ansi.OFF);
    }

    private static Set<String> options(String text) {
        return text.lines()
                .map(OPTION::matcher)
                .filter(found -> found.matches())
                .flatMap(found -> Stream.of(found.group(1), found.group(2)))
                .filter(name -> name != null)
                .flatMap(name -> Stream.of(name.replace("[no-]", ""), name.replace("[no-]", "no-")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the first words of the lines below a heading of a help. */
    private static Set<String> listed(String help, String heading) {
        return help.lines()
                .dropWhile(line -> !line.startsWith(heading))
                .skip(1)
                .takeWhile(line -> line.startsWith("  "))
                .map(ITEM::matcher)
                .filter(found -> found.matches())
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Returns the terms that a section of a man page explains. */
    private static Set<String> terms(String page, String section) {
        Set<String> terms = new TreeSet<>();
        List<String> lines = page.lines().toList();
        int at = lines.indexOf(".SH \"" + section + "\"");
        for (int i = at + 1; at >= 0 && i < lines.size() && !lines.get(i).startsWith(".SH"); i++) {
            if (lines.get(i - 1).equals(".TP")) {
                for (String term : lines.get(i).replaceAll("\\\\fI.*", "").split(", ", -1)) {
                    terms.add(term.replaceAll("\\\\f[BRI]", "")
                            .replace("\\-", "-")
                            .strip());
                }
            }
        }
        return terms;
    }

    private static String page(CommandLine command) {
        return ManPages.of(line().getCommandSpec(), "sksync 1")
                .get(words(command).replace(' ', '-') + ".1");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void explainsInTheManPageWhatHelpShows(CommandLine command) {
        String help = help(command);
        String page = page(command);

        assertThat(terms(page, "OPTIONS")).isNotEmpty().isEqualTo(options(help));
        assertThat(terms(page, "COMMANDS")).isEqualTo(new TreeSet<>(listed(help, "Commands:")));
        assertThat(terms(page, "EXIT STATUS")).isEqualTo(new TreeSet<>(listed(help, "Exit codes")));
        assertThat(page.replace("\\-", "-"))
                .contains(help.lines().findFirst().orElseThrow().substring(7));
    }

    @Test
    void hasAManPageForEachCommandOfTheHelpAndForNoOther() {
        assertThat(ManPages.of(line().getCommandSpec(), "sksync 1").keySet())
                .containsExactlyInAnyOrderElementsOf(commands().stream()
                        .map(command -> words(command).replace(' ', '-') + ".1")
                        .toList());
    }

    private record Ended(int exitCode, List<String> lines) {}

    private Ended run(String... words) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(here.resolve("empty").toFile())
                .redirectErrorStream(true);
        builder.environment().put("HOME", here.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        process.getOutputStream().close();
        List<String> lines = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
        return new Ended(process.waitFor(), lines);
    }

    private Path script(Shell shell) throws Exception {
        Files.createDirectories(here.resolve("empty"));
        return Files.writeString(here.resolve("script"), shell.script(line().getCommandSpec()));
    }

    private static void assume(String program) throws Exception {
        int found =
                new ProcessBuilder("sh", "-c", "command -v " + program).start().waitFor();
        assumeThat(found).as(program + " is here").isZero();
    }

    /** Returns what is offered after each command and these letters. */
    private Map<String, Set<String>> offered(String letters, List<String> lines) {
        Map<String, Set<String>> offered = new LinkedHashMap<>();
        commands().forEach(command -> offered.put(words(command), new TreeSet<>()));
        String command = "";
        for (String line : lines) {
            if (line.startsWith("at ")) {
                command = line.substring(3);
            } else if (!line.isEmpty() && line.startsWith(letters)) {
                offered.get(command).add(line.replaceAll("\t.*", ""));
            }
        }
        return offered;
    }

    private static Set<String> choices(CommandLine command) {
        Set<String> choices = new TreeSet<>();
        for (PositionalParamSpec word : command.getCommandSpec().positionalParameters()) {
            if (word.completionCandidates() != null) {
                word.completionCandidates().forEach(choice -> choices.add(choice.toLowerCase(Locale.ROOT)));
            }
        }
        return choices;
    }

    private static void assertOptions(Map<String, Set<String>> offered) {
        for (CommandLine command : commands()) {
            assertThat(offered.get(words(command))).as(words(command)).isEqualTo(options(help(command)));
        }
    }

    private static void assertCommands(Map<String, Set<String>> offered) {
        for (CommandLine command : commands()) {
            Set<String> expected = new TreeSet<>(listed(help(command), "Commands:"));
            expected.addAll(choices(command));
            Set<String> words = new TreeSet<>(offered.get(words(command)));
            words.removeIf(word -> word.startsWith("-"));
            assertThat(words).as(words(command)).isEqualTo(expected);
        }
    }

    private List<String> askBash(String letters) throws Exception {
        StringBuilder asking = new StringBuilder("source " + script(Shell.BASH) + "\n");
        for (CommandLine command : commands()) {
            asking.append("echo 'at ")
                    .append(words(command))
                    .append("'; COMP_WORDS=(")
                    .append(words(command))
                    .append(" '")
                    .append(letters)
                    .append("'); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _sksync sksync '")
                    .append(letters)
                    .append("'; printf '%s\\n' \"${COMPREPLY[@]}\"\n");
        }
        return run("bash", "--norc", "-c", asking.toString()).lines();
    }

    @Test
    void completesInBashWhatHelpShows() throws Exception {
        assume("bash");

        assertOptions(offered("-", askBash("-")));
        assertCommands(offered("", askBash("")));
    }

    private List<String> askFish(String letters) throws Exception {
        StringBuilder asking = new StringBuilder("source " + script(Shell.FISH) + "\n");
        for (CommandLine command : commands()) {
            asking.append("echo 'at ")
                    .append(words(command))
                    .append("'; complete -C '")
                    .append(words(command))
                    .append(' ')
                    .append(letters)
                    .append("'\n");
        }
        return run("fish", "--no-config", "-c", asking.toString()).lines();
    }

    @Test
    void completesInFishWhatHelpShows() throws Exception {
        assume("fish");

        assertOptions(offered("-", askFish("-")));
        assertCommands(offered("", askFish("")));
    }

    /** Returns what the function of a command for zsh names: its options, or its commands. */
    private static Set<String> zshNames(String script, CommandLine command, String regex) {
        String function = "_" + words(command).replace(' ', '_') + "() {";
        return script.lines()
                .dropWhile(line -> !line.equals(function))
                .takeWhile(line -> !line.equals("}"))
                .flatMap(line -> Pattern.compile(regex).matcher(line).results())
                .flatMap(found -> Stream.of(found.group(1).split("[,{}]", -1)))
                .filter(name -> !name.isEmpty())
                .map(name -> name.replaceAll("[+=]$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void completesInZshWhatHelpShows() {
        String script = Shell.ZSH.script(line().getCommandSpec());

        for (CommandLine command : commands()) {
            assertThat(zshNames(script, command, "^        (?:'\\([^)]*\\)')?'?(\\{?-[^\\[']*)'?\\["))
                    .as(words(command))
                    .isEqualTo(options(help(command)));
            assertThat(zshNames(script, command, "^            '([^:]+):"))
                    .as(words(command))
                    .isEqualTo(new TreeSet<>(listed(help(command), "Commands:")));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "-c $(touch ran)        | $(touch ran)",
                "--config=\"`touch ran`\" | `touch ran`",
                "-c my\\ c:d.json        | my c:d.json",
                "-c 'my c:d.json'       | my c:d.json",
                "-c ~/c.json            | HOME/c.json",
            })
    void asksInZshForProfilesOfTheFileThatIsTypedAndRunsNothingOfItsName(String typed, String asked) throws Exception {
        assume("zsh");
        Path script = script(Shell.ZSH);
        Path drive = Files.writeString(here.resolve("drive"), """
                zmodload zsh/zpty || exit
                zpty shell zsh -f -i
                zpty -w shell 'PS1=; bindkey -e; autoload -Uz compinit; compinit -u -D; source %s'
                zpty -w shell 'sksync() { print -rl -- "$@" >asked; }; print REA""DY'
                zpty -r shell out '*READY*'
                zpty -w -n shell "sksync watch $1 "$'\\t'
                repeat 200; do [[ -s asked ]] && break; sleep 0.05; done
                zpty -w -n shell $'\\C-u'
                zpty -w shell 'print EN""DED'
                zpty -r shell out '*ENDED*'
                """.formatted(script));

        run("zsh", "-f", drive.toString(), typed);

        assertThat(here.resolve("empty/asked"))
                .hasContent("completion\n--profiles\n-c\n" + asked.replace("HOME", here.toString()));
        assertThat(here.resolve("empty/ran")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"BASH, bash, -n", "ZSH, zsh, -n", "FISH, fish, --no-execute"})
    void writesScriptsWithoutAFaultOfSyntax(Shell shell, String program, String option) throws Exception {
        assume(program);

        assertThat(run(program, option, script(shell).toString())).isEqualTo(new Ended(0, List.of()));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void writesPagesWithoutAFaultOfRoff(CommandLine command) throws Exception {
        assume("groff");
        Files.createDirectories(here.resolve("empty"));
        Path page = Files.writeString(here.resolve("page.1"), page(command));

        assertThat(run("groff", "-man", "-Tutf8", "-ww", "-z", page.toString())).isEqualTo(new Ended(0, List.of()));
    }

    @Test
    void labelsEveryPathSoThatShellsKnowIt() {
        for (CommandLine command : commands()) {
            for (ArgSpec argument : command.getCommandSpec().args()) {
                if (argument.typeInfo().getClassName().equals(Path.class.getName())
                        || argument.typeInfo().getActualGenericTypeArguments().contains(Path.class.getName())) {
                    assertThat(LABELS_OF_PATHS).as(words(command)).contains(argument.paramLabel());
                }
            }
        }
    }

    private static String printed(String... words) {
        StringWriter out = new StringWriter();
        CommandLine line = line();
        line.setOut(new PrintWriter(out));
        assertThat(line.execute(words)).isZero();
        return out.toString();
    }

    @Test
    void printsTheProfilesOfAConfigurationForTheScripts() throws Exception {
        Path file = Files.writeString(here.resolve("c.json"), "{\"clients\": {\"notes\": {}, \"my books\": {}}}");

        assertThat(printed("completion", "--profiles", "-c", file.toString()).lines())
                .containsExactly("notes", "my books");
        assertThat(printed(
                        "completion", "--profiles", "-c", here.resolve("none").toString()))
                .isEmpty();
    }

    @Test
    void completesProfilesInBash() throws Exception {
        assume("bash");
        Path script = script(Shell.BASH);
        String asking =
                "source " + script + "\n_sksync_profiles() { echo notes; echo my books; echo \"of $config\"; }\n"
                        + "COMP_WORDS=(sksync client --config = x.json o); COMP_CWORD=5; _sksync sksync o\n"
                        + "printf '%s\\n' \"${COMPREPLY[@]}\"\n"
                        + "COMP_WORDS=(sksync client m); COMP_CWORD=2; _sksync sksync m\nprintf '%s\\n' \"${COMPREPLY[@]}\"";

        assertThat(run("bash", "--norc", "-c", asking).lines()).containsExactly("of\\ x.json", "my\\ books");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void beginsItsHelpInTheOneFormAndTellsItsExitCodes(CommandLine command) {
        String help = help(command);

        assertThat(help.lines().findFirst().orElseThrow())
                .matches("Usage: " + words(command) + " \\[OPTIONS\\]( \\[?[A-Z.]+\\]?)*");
        assertThat(listed(help, "Exit codes")).contains("2");
    }

    /** Returns the commands that offer an option. */
    private static List<String> offering(String option) {
        return commands().stream()
                .filter(command -> options(help(command)).contains(option))
                .map(CommandReferenceTest::words)
                .toList();
    }

    @Test
    void offersToTellMoreOnlyWhereThereIsMore() {
        assertThat(offering("--verbose"))
                .containsExactlyInAnyOrder("sksync sync", "sksync client", "sksync watch", "sksync status");
        assertThat(offering("-v")).isEqualTo(offering("--verbose"));
    }

    @Test
    void takesOtherValuesForARunInTheSameWordsWhereverProfilesAreSynced() {
        List<String> syncing = List.of("sksync sync", "sksync client", "sksync watch");

        assertThat(offering("--set")).containsExactlyInAnyOrderElementsOf(syncing);
        assertThat(offering("--bwlimit")).containsAll(syncing);
        assertThat(commands().stream()
                        .map(command -> command.getCommandSpec().findOption("--bwlimit"))
                        .filter(option -> option != null)
                        .map(ArgSpec::paramLabel))
                .containsOnly("LIMIT");
    }

    @Test
    void offersJsonForEveryCommandOfUseredit() {
        assertThat(offering("--json"))
                .contains(
                        "sksync useredit add",
                        "sksync useredit passwd",
                        "sksync useredit remove",
                        "sksync useredit list",
                        "sksync useredit check");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void endsWithNoCodeButThoseOfTheTable(CommandLine command) {
        assertThat(ExitCode.table().keySet())
                .containsAll(
                        command.getCommandSpec().usageMessage().exitCodeList().keySet());
    }

    /** Those of useredit are a program's own. */
    static List<CommandLine> commandsWithTheTable() {
        return commands().stream()
                .filter(command -> !words(command).matches("sksync (useredit|help).*"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("commandsWithTheTable")
    void tellsTheCodesThatItEndsWith(CommandLine command) {
        assertThat(listed(help(command), "Exit codes")).contains("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"job", "job add", "job list", "service", "service status", "pair", "sync", "client"})
    void tellsTheCodesInTheWordsOfTheTable(String command) {
        CommandLine line = line();
        for (String word : command.split(" ", -1)) {
            line = line.getSubcommands().get(word);
        }

        Map<String, String> codes = line.getCommandSpec().usageMessage().exitCodeList();

        assertThat(codes).isNotEmpty().allSatisfy((code, meaning) -> assertThat(meaning)
                .isEqualTo(ExitCode.table().get(code)));
    }

    @Test
    void documentsTheCodesOfTheTable() throws Exception {
        Path output = Path.of(System.getProperty("sksync.root", ".."), "docs", "output.md");
        Map<String, String> rows = Files.readString(output)
                .lines()
                .dropWhile(line -> !line.equals("## Exit codes"))
                .map(line -> line.split(" *\\| *", -1))
                .filter(cells -> cells.length == 5 && cells[1].matches("\\d+"))
                .collect(Collectors.toMap(cells -> cells[1], cells -> cells[3]));

        assertThat(rows.keySet().stream().flatMap(codes -> Stream.of(codes.split(", ", -1))))
                .containsExactlyInAnyOrderElementsOf(ExitCode.table().keySet());
        ExitCode.table()
                .forEach((code, meaning) ->
                        assertThat(rows.getOrDefault(code, meaning)).as(code).startsWith(meaning));
    }
}
