package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sksync.config.ClientProfile;
import org.sksync.config.ConfigReader;
import org.sksync.config.Secret;

class JobCommandTest {

    private static final int USAGE = 2;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path here;

    private Path file;
    private Path mine;

    @BeforeEach
    void choosePlaces() {
        file = here.resolve("sksync.json");
        mine = here.resolve("mine");
    }

    private int job(Optional<Person> person, String input, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add(1, "-c");
        all.add(2, file.toString());
        PrintWriter errors = new PrintWriter(err, true);
        Terminals terminals = display -> new Terminal(new PrintWriter(out, true), errors, person, display);
        UsageErrors usage = new UsageErrors(terminals, Display.plain(false));
        return JobCommand.line(
                        terminals, new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), Clock.systemUTC())
                .setParameterExceptionHandler(usage)
                .setExecutionExceptionHandler(usage)
                .setErr(errors)
                .execute(all.toArray(String[]::new));
    }

    private int job(String... words) {
        return job(Optional.empty(), "", words);
    }

    private void given(String content) throws IOException {
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private ClientProfile profile(String name) throws Exception {
        return ConfigReader.read(file).profile(name);
    }

    @Test
    void addsAProfileFromOptionsAlone() throws Exception {
        int code = job(
                Optional.empty(),
                "secret word\n",
                "add",
                "notes",
                "--host=desk",
                "--port=1234",
                "--server-path=/srv/notes",
                "--client-path=" + mine,
                "--recursive",
                "--sync-type=to_server_no_time",
                "--username=me",
                "--password-stdin",
                "--use-ssl",
                "--modify-window=2",
                "--exclude=*.tmp",
                "--exclude=.git",
                "--fsync=each",
                "--keep-replaced-days=3",
                "--no-ignore-time-errors");

        assertThat(code).as(err.toString()).isZero();
        ClientProfile profile = profile("notes");
        assertThat(profile.host()).isEqualTo("desk");
        assertThat(profile.port()).isEqualTo(1234);
        assertThat(profile.serverPath()).isEqualTo("/srv/notes");
        assertThat(profile.clientPath()).isEqualTo(mine);
        assertThat(profile.recursive()).isTrue();
        assertThat(profile.syncType().token()).isEqualTo("to_server_no_time");
        assertThat(profile.username()).contains("me");
        assertThat(profile.password()).contains(new Secret("secret word"));
        assertThat(profile.useSsl()).isTrue();
        assertThat(profile.modifyWindow()).hasSeconds(2);
        assertThat(profile.excludePatterns()).containsExactly("*.tmp", ".git");
        assertThat(profile.keepReplaced().age()).hasDays(3);
        assertThat(Files.readString(file)).contains("\"ignore_time_errors\": false");
        assertThat(out.toString()).contains("added notes to " + file, "sksync sync notes -c " + file);
        assertThat(out.toString() + err).doesNotContain("secret word");
    }

    @Test
    void keepsPathsOfThisMachineAbsolute() throws Exception {
        givenNotes();

        assertThat(job("edit", "notes", "--server-path=srv", "--client-path=mine"))
                .isZero();

        assertThat(profile("notes").serverPath()).isEqualTo("srv");
        assertThat(profile("notes").clientPath()).isEqualTo(Path.of("mine").toAbsolutePath());
    }

    private int addNotes(String... more) {
        List<String> words = new ArrayList<>(
                List.of("add", "notes", "--host=desk", "--server-path=/srv/notes", "--client-path=" + mine));
        words.addAll(List.of(more));
        return job(words.toArray(String[]::new));
    }

    @Test
    void takesWithoutATerminalWhatIsProposedAtOne() throws Exception {
        assertThat(addNotes()).as(err.toString()).isZero();
        String alone = Files.readString(file);
        Files.delete(file);
        ScriptedPerson person = new ScriptedPerson("desk", "", "", "", "/srv/notes", mine.toString(), "", "");
        assertThat(job(Optional.of(person), "", "add", "notes"))
                .as(err.toString())
                .isZero();

        assertThat(file).hasContent(alone);
        ClientProfile profile = profile("notes");
        assertThat(profile.port()).isEqualTo(23456);
        assertThat(profile.useSsl()).isTrue();
        assertThat(profile.recursive()).isTrue();
        assertThat(profile.syncType().token()).isEqualTo("bidirectional_use_time");
        assertThat(profile.username()).isEmpty();
    }

    @Test
    void asksForNothingWhereTheOptionsTellWhatIsNeeded() throws Exception {
        ScriptedPerson person = new ScriptedPerson();

        assertThat(job(
                        Optional.of(person),
                        "",
                        "add",
                        "notes",
                        "--host=desk",
                        "--server-path=/srv",
                        "--client-path=" + mine,
                        "--no-use-ssl",
                        "--port=1"))
                .as(err.toString())
                .isZero();

        assertThat(person.questions()).isEmpty();
        assertThat(profile("notes").useSsl()).isFalse();
        assertThat(profile("notes").port()).isEqualTo(1);
    }

    @Test
    void makesTheFolderOfANewProfileAndSaysSo() {
        assertThat(addNotes()).isZero();

        assertThat(mine).isEmptyDirectory();
        assertThat(out.toString().lines()).startsWith("made the folder " + mine).hasSize(2);
    }

    @Test
    void makesNoFolderForAProfileThatIsRefused() {
        assertThat(addNotes("--port=0")).isEqualTo(USAGE);

        assertThat(mine).doesNotExist();
    }

    @Test
    void namesAFolderThatCanNotBeMadeAndWritesNothing() throws Exception {
        Files.writeString(mine, "in the way");

        assertThat(job("add", "notes", "--host=h", "--server-path=/s", "--client-path=" + mine.resolve("notes")))
                .isNotZero();

        assertThat(err.toString()).contains(mine.toString()).hasLineCount(1);
        assertThat(file).doesNotExist();
    }

    @Test
    void refusesAFolderThatHoldsTheConfigurationUnlessItIsMeant() throws Exception {
        assertThat(job("add", "notes", "--host=h", "--server-path=/s", "--client-path=" + here))
                .isEqualTo(USAGE);
        assertThat(err.toString()).contains("holds " + file);

        assertThat(job(
                        "add",
                        "notes",
                        "--host=h",
                        "--server-path=/s",
                        "--client-path=" + here,
                        "--allow-wide-client-path"))
                .isZero();
        assertThat(profile("notes").clientPath()).isEqualTo(here);
    }

    @Test
    void neitherProposesNorAsksForWhatSkSync1DoesNotHave() throws Exception {
        given("{\"sksync1_compat\": true, \"server_dir_whitelist\": [\"/own\"]}");
        ScriptedPerson person = new ScriptedPerson("desk", "", "/srv", mine.toString(), "", "");

        assertThat(job(Optional.of(person), "", "add", "asked"))
                .as(err.toString())
                .isZero();
        assertThat(addNotes()).as(err.toString()).isZero();

        assertThat(person.questions())
                .hasSize(6)
                .noneMatch(question -> question.contains("TLS") || question.contains("User"));
        assertThat(profile("asked").useSsl()).isFalse();
        assertThat(profile("notes").useSsl()).isFalse();
    }

    @Test
    void asksForWhatNoOptionTells() throws Exception {
        ScriptedPerson person =
                new ScriptedPerson("desk", "", "n", "me", "", "/srv/notes", "", "to_server_use_time", "pw");

        int code = job(Optional.of(person), "", "add", "notes", "--client-path=" + mine);

        assertThat(code).as(err.toString()).isZero();
        assertThat(person.questions())
                .containsExactly(
                        "Server (name or address): ",
                        "Port [23456]: ",
                        "Connect with TLS? [Y/n]: ",
                        "User (nothing: no login): ",
                        "Folder on the server: ",
                        "Folder on the server: ",
                        "Folders beneath too? [Y/n]: ",
                        "What travels (bidirectional, to_server, from_server; each with _use_time or _no_time)"
                                + " [bidirectional_use_time]: ",
                        "Password (nothing: asked for at each sync): (hidden)");
        ClientProfile profile = profile("notes");
        assertThat(profile.host()).isEqualTo("desk");
        assertThat(profile.port()).isEqualTo(23456);
        assertThat(profile.useSsl()).isFalse();
        assertThat(profile.serverPath()).isEqualTo("/srv/notes");
        assertThat(profile.clientPath()).isEqualTo(mine);
        assertThat(profile.recursive()).isTrue();
        assertThat(profile.syncType().token()).isEqualTo("to_server_use_time");
        assertThat(profile.password()).contains(new Secret("pw"));
    }

    @Test
    void doesNotAskForWhatTheFileSaysForAllProfiles() throws Exception {
        given("{\"host\": \"desk\", \"port\": 1, \"use_ssl\": true, \"username\": \"me\", \"password\": \"pw\"}");
        ScriptedPerson person = new ScriptedPerson("/srv", mine.toString(), "", "");

        assertThat(job(Optional.of(person), "", "add", "notes"))
                .as(err.toString())
                .isZero();

        assertThat(person.questions()).hasSize(4).first().isEqualTo("Folder on the server: ");
        assertThat(profile("notes").host()).isEqualTo("desk");
        assertThat(profile("notes").password()).contains(new Secret("pw"));
    }

    @Test
    void namesTheMissingOptionsWhereNobodyIsThereToAsk() {
        assertThat(job("add", "notes", "--host=desk")).isEqualTo(USAGE);
        assertThat(job("add", "notes", "--server-path=/s", "--client-path=" + mine))
                .isEqualTo(USAGE);

        assertThat(err.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("error: missing: --server-path, --client-path"),
                        line -> assertThat(line).startsWith("error: missing: --host "));
        assertThat(file).doesNotExist();
        assertThat(mine).doesNotExist();
    }

    @Test
    void changesNothingWhereTheInputEndsAtAQuestion() {
        assertThat(job(Optional.of(new ScriptedPerson("desk")), "", "add", "notes"))
                .isEqualTo(130);

        assertThat(err.toString()).contains("nothing was changed");
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--port=0            | clients.notes.port is 0, but must be a whole number from 1 to 65535",
                "--port=x            | '--port'",
                "--sync-type=up      | sync_type is \"up\", but must be one of",
                "--fsync=never       | fsync is \"never\", but must be",
                "--modify-window=0   | modify_window is 0, but must be",
                "--require-tls --no-use-ssl | require_tls is true, but use_ssl is false",
                "--password=word     | unknown option '--password'; did you mean --password-stdin?",
            })
    void refusesValuesThatCouldNotBeUsed(String options, String words) {
        assertThat(addNotes(options.split(" ", -1))).isEqualTo(USAGE);

        assertThat(err.toString()).contains(words);
        assertThat(file).doesNotExist();
    }

    private void givenNotes() throws IOException {
        given("""
                { "port": 1, "clients": { "notes": {
                    "host": "desk", "server_path": "/srv", "client_path": "/mine", "recursive": true,
                    "username": "me", "password": "hidden", "use_ssl": true
                } } }
                """);
    }

    @Test
    void opensNoDirectoryToTheClientsOfADaemonInTheSameFile() throws Exception {
        given("{\"require_auth\": false}");

        assertThat(addNotes()).isEqualTo(USAGE);

        assertThat(err.toString())
                .contains("set server_dir_whitelist", "-c FILE")
                .hasLineCount(1);
        assertThat(file).hasContent("{\"require_auth\": false}");
    }

    @Test
    void keepsWhatADaemonInTheSameFileOffersAndSaysSo() throws Exception {
        given("""
                {"require_auth": false, "clients": {"a": {"server_path": "/a", "client_path": "/x"}}}
                """);

        assertThat(addNotes()).isZero();
        assertThat(job("edit", "a", "--server-path=/other")).isZero();

        assertThat(ConfigReader.read(file).server().allowedRoots()).containsExactly("/a");
        assertThat(err.toString())
                .startsWith("warning: ")
                .contains("server_dir_whitelist")
                .hasLineCount(1);
    }

    @Test
    void listsProfilesWithoutSecrets() throws Exception {
        givenNotes();

        assertThat(job("list")).isZero();

        assertThat(out.toString().strip()).isEqualTo("notes  desk:1  /srv -> /mine  from_server_use_time");
    }

    @Test
    void listsTheOthersWhereOneIsWrong() throws Exception {
        given("""
                {"clients": {"bad": {}, "good": {"server_path": "/srv", "client_path": "/mine"}}}
                """);

        assertThat(job("list")).isZero();

        assertThat(out.toString()).startsWith("good  ").hasLineCount(1);
        assertThat(err.toString()).startsWith("warning: ").contains("clients.bad.server_path is missing");
    }

    @Test
    void listsProfilesInColumnsThatFitWideLettersToo() throws Exception {
        given("""
                {"clients": {
                    "\u9152": {"host": "a", "port": 1, "server_path": "/srv", "client_path": "/mine"},
                    "photos": {"host": "desk", "port": 23456, "server_path": "/p", "client_path": "/mine"}
                }}
                """);

        assertThat(job("list")).isZero();

        assertThat(out.toString().lines())
                .containsExactly(
                        "\u9152      a:1         /srv -> /mine  from_server_use_time",
                        "photos  desk:23456  /p -> /mine    from_server_use_time");
    }

    @Test
    void hasItsCommandsInTheOrderOfAProfilesLife() {
        Terminals terminals =
                display -> new Terminal(new PrintWriter(out), new PrintWriter(err), Optional.empty(), display);

        assertThat(JobCommand.line(terminals, InputStream.nullInputStream(), Clock.systemUTC())
                        .getSubcommands()
                        .keySet())
                .containsExactly("add", "list", "show", "edit", "rename", "remove");
    }

    @Test
    void showsEveryKeyAndNoSecret() throws Exception {
        givenNotes();

        assertThat(job("show", "notes")).isZero();

        assertThat(out.toString().lines().map(line -> line.split(" ", 2)[0]))
                .containsAll(ClientProfile.keys())
                .hasSize(ClientProfile.keys().size() + 1);
        assertThat(out.toString())
                .contains("recursive               true", "port                    1", "password                ***")
                .doesNotContain("hidden");
    }

    @Test
    void showsAndListsAsJson() throws Exception {
        givenNotes();

        assertThat(job("show", "notes", "--json")).isZero();
        assertThat(job("list", "--json")).isZero();

        assertThat(out.toString().lines()).hasSize(2).allSatisfy(line -> assertThat(line)
                .startsWith("{\"message_type\":\"job\",\"name\":\"notes\",\"host\":\"desk\",\"port\":1,")
                .contains("\"recursive\":true", "\"filter_fnmatch_exclude\":[]", "\"password_kept\":true")
                .doesNotContain("hidden", "ssl_client_certfile"));
    }

    @Test
    void changesWhatIsToldAndKeepsTheRest() throws Exception {
        givenNotes();

        assertThat(job("edit", "notes", "--no-recursive", "--host=laptop", "--unset=password"))
                .as(err.toString())
                .isZero();

        assertThat(profile("notes").recursive()).isFalse();
        assertThat(profile("notes").host()).isEqualTo("laptop");
        assertThat(profile("notes").password()).isEmpty();
        assertThat(profile("notes").username()).contains("me");
    }

    @Test
    void asksWithWhatThereIsAndChangesWhatIsAnswered() throws Exception {
        givenNotes();
        ScriptedPerson person = new ScriptedPerson("", "", "", "", "/other", "", "n", "");

        assertThat(job(Optional.of(person), "", "edit", "notes"))
                .as(err.toString())
                .isZero();

        assertThat(person.questions())
                .startsWith("Server (name or address) [desk]: ", "Port [1]: ", "Connect with TLS? [Y/n]: ");
        assertThat(profile("notes").serverPath()).isEqualTo("/other");
        assertThat(profile("notes").recursive()).isFalse();
        assertThat(Files.readString(file)).containsOnlyOnce("\"port\"").doesNotContain("sync_type");
    }

    @Test
    void changesNothingWhereEveryAnswerIsTheOldOne() throws Exception {
        givenNotes();
        String before = Files.readString(file);

        assertThat(job(Optional.of(new ScriptedPerson("", "", "", "", "", "", "", "")), "", "edit", "notes"))
                .isZero();

        assertThat(out.toString()).contains("nothing to change");
        assertThat(file).hasContent(before);
    }

    @Test
    void takesANewPasswordFromStandardInputOrAPersonOnly() throws Exception {
        givenNotes();

        assertThat(job(Optional.empty(), "piped\r\n", "edit", "notes", "--password-stdin"))
                .isZero();
        assertThat(profile("notes").password()).contains(new Secret("piped"));
        assertThat(job(Optional.of(new ScriptedPerson("typed")), "", "edit", "notes", "--ask-password"))
                .isZero();
        assertThat(profile("notes").password()).contains(new Secret("typed"));
        assertThat(job("edit", "notes", "--ask-password")).isEqualTo(USAGE);
        assertThat(job(Optional.empty(), "\n", "edit", "notes", "--password-stdin"))
                .isEqualTo(USAGE);
        assertThat(profile("notes").password()).contains(new Secret("typed"));
        assertThat(out.toString() + err).doesNotContain("typed").doesNotContain("piped\n");
    }

    @Test
    void refusesToEditWithoutSayingWhat() throws Exception {
        givenNotes();

        assertThat(job("edit", "notes")).isEqualTo(USAGE);
        assertThat(job("edit", "notes", "--unset=prot")).isEqualTo(USAGE);
        assertThat(job("edit", "none", "--port=1")).isEqualTo(USAGE);
        assertThat(err.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("say what with options"),
                        line -> assertThat(line).contains("--unset: \"prot\" (expected: one of"),
                        line -> assertThat(line).contains("no client profile \"none\"; choose one of \"notes\""));
    }

    @Test
    void renamesAndRemoves() throws Exception {
        givenNotes();

        assertThat(job("rename", "notes", "papers")).isZero();
        assertThat(profile("papers").serverPath()).isEqualTo("/srv");
        assertThat(job("remove", "papers")).isZero();
        assertThat(ConfigReader.read(file).profileNames()).isEmpty();
        assertThat(out.toString())
                .contains("renamed notes to papers", "removed papers", "the files here and on the server stay");
        assertThat(job("remove", "papers")).isEqualTo(USAGE);
    }

    @Test
    void hasAnOptionForEveryKeyButThePassword() {
        List<String> keys = new ArrayList<>(ClientProfile.keys());
        keys.remove("password");

        assertThat(ProfileKey.values()).extracting(ProfileKey::key).containsExactlyInAnyOrderElementsOf(keys);
    }
}
