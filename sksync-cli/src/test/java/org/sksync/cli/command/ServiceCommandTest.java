package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sksync.cli.service.CommandRunner;
import picocli.CommandLine;

/** {@code sksync service} on a machine whose root is a directory and whose commands only listen. */
@DisabledOnOs(OS.WINDOWS)
class ServiceCommandTest {

    @TempDir
    Path root;

    private final Properties properties = new Properties();
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> commands = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String homeOfOthers = "/home/nobody";
    private Path config;
    private Path unit;
    private Path ownUnit;

    @BeforeEach
    void aMachineWithAConfiguration() throws Exception {
        properties.setProperty("os.name", "Linux");
        properties.setProperty("java.home", "/opt/jdk");
        properties.setProperty("sksync.launcher", "/opt/sksync/sksync");
        properties.setProperty("user.home", root.resolve("home").toString());
        properties.setProperty("user.name", "me");
        config = Files.createDirectory(root.resolve("conf")).resolve("sksync.json");
        Files.createDirectories(root.resolve("books"));
        write("{\"server_dir_whitelist\": [\"" + root + "/books\"], \"clients\": {"
                + "\"notes\": {\"server_path\": \"/n\", \"client_path\": \"" + root + "/notes\"},"
                + "\"asked\": {\"server_path\": \"/n\", \"client_path\": \"" + root + "/n\", \"username\": \"me\"},"
                + "\"near\": {\"server_path\": \"/n\", \"client_path\": \"near\"}}}");
        unit = root.resolve("etc/systemd/system/sksync.service");
        ownUnit = root.resolve("home/.config/systemd/user/sksync.service");
    }

    private void write(String json) throws Exception {
        Files.writeString(config, json);
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-------"));
    }

    private int run(String... words) {
        Machine machine = new Machine(properties, root, environment::get, command -> {
            commands.add(String.join(" ", command));
            return new CommandRunner.Ended(
                    0, command.get(0).equals("getent") ? "o:x:1:1::" + homeOfOthers + ":/bin/sh" : "");
        });
        Terminals terminals = display ->
                new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), Optional.empty(), display);
        return new CommandLine(new ServiceCommand(terminals, machine)).execute(words);
    }

    private int install(String... more) {
        List<String> words = new ArrayList<>(List.of("install", "-c", config.toString()));
        words.addAll(List.of(more));
        return run(words.toArray(String[]::new));
    }

    @Test
    void showsEverythingAndDoesNothingInADryRun() {
        assertThat(install("--system", "--dry-run")).isZero();

        assertThat(unit).doesNotExist();
        assertThat(commands).noneMatch(command -> command.startsWith("systemctl"));
        assertThat(out.toString().lines())
                .contains(
                        "would write " + unit,
                        "    ExecStart=:\"/opt/sksync/sksync\" \"server\" \"-c\" \"" + config + "\"",
                        "    Environment=\"JAVA_HOME=/opt/jdk\"",
                        "    Environment=\"LC_ALL=C.UTF-8\"",
                        "    WorkingDirectory=" + config.getParent(),
                        "    ReadWritePaths=\"-" + root + "/books\"",
                        "    RuntimeDirectory=sksync",
                        "would run systemctl restart sksync.service");
    }

    @Test
    void runsTheMachinesServiceAsTheOneWhoOwnsTheConfiguration() throws Exception {
        String owner = Files.getOwner(config).getName();

        assertThat(install("--system")).isZero();

        assertThat(unit).content().contains("\nUser=" + owner + "\n");
        assertThat(err.toString().contains("will run as root")).isEqualTo(owner.equals("root"));
    }

    @ParameterizedTest
    @CsvSource({"root, true", "me, false"})
    void isTheMachinesForTheAdministratorAndOnesOwnForOthers(String user, boolean machines) {
        properties.setProperty("user.name", user);

        assertThat(install()).isZero();

        assertThat(Files.exists(unit)).isEqualTo(machines);
        assertThat(Files.exists(ownUnit)).isNotEqualTo(machines);
    }

    @Test
    void letsTheDaemonReadItsConfigurationWithoutChangingIt() {
        install("--system");

        assertThat(unit).content().doesNotContain("ReadWritePaths=\"-" + config.getParent() + "\"");
    }

    @Test
    void givesTheMachinesWatchingClientWhereItKeepsServersAndLocks() {
        homeOfOthers = "/home/other";

        install("--system", "--watch", "notes");

        assertThat(unit.resolveSibling("sksync-watch.service"))
                .content()
                .contains(
                        "ReadWritePaths=\"-" + config.getParent() + "\"",
                        "ReadWritePaths=\"-" + root + "/notes\"",
                        "ReadWritePaths=\"-/home/other/.local/state/sksync\"",
                        "Environment=\"XDG_STATE_HOME=/home/other/.local/state\"");
        assertThat(commands)
                .anyMatch(command -> command.endsWith(" mkdir -p -m 0700 -- /home/other/.local/state/sksync"));
        assertThat(err.toString()).contains("warning: " + root + "/notes is not there");
    }

    @Test
    void locksFoldersWhereTheAccountsOwnRunsDo() {
        environment.put("XDG_STATE_HOME", "/var/mine");

        install("--watch", "notes");

        assertThat(ownUnit.resolveSibling("sksync-watch.service"))
                .content()
                .contains("Environment=\"XDG_STATE_HOME=/var/mine\"\n");
    }

    @Test
    void startsNoCommandOfAnotherSystemOnWindows() {
        properties.setProperty("os.name", "Windows 11");

        install("--system", "--watch", "notes", "--force");

        assertThat(commands).isNotEmpty().allMatch(command -> command.startsWith("C:\\Windows\\System32\\"));
    }

    @Test
    void installsTheWatchingClientOfTheNamedProfiles() {
        assertThat(install("--watch", "notes", "--watch", "near")).isZero();

        assertThat(ownUnit.resolveSibling("sksync-watch.service"))
                .content()
                .contains("\"watch\" \"notes\" \"near\" \"-c\" \"" + config + "\"")
                .contains("WorkingDirectory=" + Path.of("").toAbsolutePath() + "\n");
    }

    @Test
    void refusesAProfileWhosePasswordNobodyCanBeAskedFor() {
        assertThat(install("--watch", "asked")).isEqualTo(2);

        assertThat(err.toString()).startsWith("error: asked: the password of user me is missing");
    }

    @Test
    void namesAProfileThatIsNotThere() {
        assertThat(install("--watch", "nots")).isEqualTo(2);

        assertThat(err.toString()).startsWith("error: " + config + ": there is no client profile \"nots\"");
    }

    @Test
    void tellsThatAFileIsInTheWay() throws Exception {
        Files.createDirectories(ownUnit.getParent());
        Files.writeString(ownUnit, "mine");

        assertThat(install()).isEqualTo(1);
        assertThat(err.toString()).startsWith("error: " + ownUnit + " is there already");
        assertThat(install("--force")).isZero();
        assertThat(ownUnit).content().startsWith("# Written by sksync");
    }

    @Test
    void tellsWhatIsInstalledAndRemovesIt() {
        install();
        install("--watch", "notes");

        assertThat(run("status")).isZero();
        assertThat(run("remove", "--dry-run")).isZero();
        assertThat(ownUnit).exists();
        assertThat(run("remove", "watch")).isZero();
        assertThat(ownUnit).exists();
        assertThat(run("remove")).isZero();

        assertThat(ownUnit).doesNotExist();
        assertThat(run("status")).isZero();
        assertThat(run("remove")).isZero();
        assertThat(out.toString().lines())
                .contains(
                        "your daemon: installed (" + ownUnit + "), starts when you log in, running",
                        "no service is installed; install one with: sksync service install",
                        "no such service is installed; there is nothing to remove");
    }

    @Test
    void tellsPrograms() {
        install("--json");
        assertThat(out.toString().lines())
                .hasSize(4)
                .allMatch(line -> line.startsWith("{\"message_type\":\"service_step\",\"action\":"))
                .last()
                .isEqualTo("{\"message_type\":\"service_step\",\"action\":\"run\",\"command\":[\"systemctl\","
                        + "\"--user\",\"restart\",\"sksync.service\"],\"dry_run\":false}");

        out.getBuffer().setLength(0);
        run("status", "--json");
        assertThat(out.toString().strip())
                .isEqualTo("{\"message_type\":\"service_state\",\"role\":\"daemon\",\"scope\":\"user\",\"file\":\""
                        + ownUnit + "\",\"starts_by_itself\":true,\"running\":true}");
    }

    @Test
    void tellsProgramsThatNothingIsInstalled() {
        assertThat(run("status", "--json")).isZero();
        assertThat(run("remove", "--user", "--json")).isZero();

        assertThat(out.toString().lines())
                .containsExactly(
                        "{\"message_type\":\"no_service\",\"scopes\":[\"system\",\"user\"]}",
                        "{\"message_type\":\"no_service\",\"scopes\":[\"user\"]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "install --system --user -c CONFIG | error: --system and --user exclude each other; choose one",
                "install -c none.json              | error: none.json: there is no such file; check its name",
            })
    void refusesWrongWords(String words, String sentence) {
        assertThat(run(words.replace("CONFIG", config.toString()).split(" ", -1)))
                .isEqualTo(2);

        assertThat(err.toString().strip()).isEqualTo(sentence);
    }

    @Test
    void tellsWhereServicesAreNotKnown() {
        properties.setProperty("os.name", "Plan 9");

        assertThat(run("status")).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("error: services are known of Linux, macOS and Windows only, and this is Plan 9");
    }
}
