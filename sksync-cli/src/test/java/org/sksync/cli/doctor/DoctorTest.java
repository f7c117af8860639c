package org.sksync.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sksync.cli.doctor.Finding.Area;
import org.sksync.cli.doctor.Finding.Status;

/** What is found without a server: nobody listens on the ports of these profiles. */
@EnabledOnOs(OS.LINUX)
class DoctorTest {

    @TempDir
    Path temp;

    private final List<Finding> findings = new ArrayList<>();
    private Path here;
    private Path file;

    @BeforeEach
    void makeDirectory() throws Exception {
        here = Files.createDirectory(temp.toRealPath().resolve("here"));
        file = temp.toRealPath().resolve("sksync.json");
    }

    private void examine(String config, String... names) throws Exception {
        Files.writeString(file, config.replace("HERE", here.toString()));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        doctor().examine(List.of(names));
    }

    private Doctor doctor() {
        return new Doctor(
                file,
                temp.resolve("home"),
                Clock.systemUTC(),
                new SecureRandom(),
                key -> new char[0],
                profile -> Finding.ok(Area.IDENTITY, "was visited"),
                findings::add);
    }

    private Finding only(Status status, String words) {
        List<Finding> found = findings.stream()
                .filter(finding -> finding.status() == status && finding.what().contains(words))
                .toList();
        assertThat(found).as("%s \"%s\" of %s", status, words, findings).hasSize(1);
        return found.get(0);
    }

    private List<Finding> bad() {
        return findings.stream()
                .filter(finding -> finding.status() == Status.BAD)
                .toList();
    }

    @Test
    void saysThatThereIsNoConfiguration() throws Exception {
        doctor().examine(List.of());

        assertThat(only(Status.BAD, "no such file").area()).isEqualTo(Area.CONFIGURATION);
        assertThat(only(Status.BAD, "no such file").advice()).contains("-c FILE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ \"port\": }                        | configuration: ",
                "{ \"port\": 99999, \"users\": {} }   | daemon: ",
                "{ \"use_ssl\": true, \"users\": {} } | daemon: ",
            })
    void saysWhatIsWrongInAConfiguration(String config, String subject) throws Exception {
        examine(config);

        assertThat(bad()).singleElement().returns(Area.CONFIGURATION, Finding::area);
        assertThat(bad().get(0).what()).startsWith(subject).contains("sksync.json, line 1");
    }

    @Test
    void saysThatOthersMayReadThePasswords() throws Exception {
        Files.writeString(file, "{\"username\": \"ann\", \"password\": \"the secret\"}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        doctor().examine(List.of());

        assertThat(only(Status.BAD, "chmod 600").area()).isEqualTo(Area.CONFIGURATION);
        assertThat(findings.toString()).doesNotContain("the secret");
    }

    @Test
    void passesOnTheWarningsOfTheConfiguration() throws Exception {
        examine("{\"prot\": 1, \"users\": {\"ann\": {}}, \"server_dir_whitelist\": [\"HERE\"], \"port\": 0}");

        assertThat(only(Status.WARN, "\"prot\"").what()).contains("\"port\"");
        assertThat(only(Status.WARN, "\"ann\"").what()).contains("useredit");
        assertThat(only(Status.BAD, "nobody can log in").advice()).contains("useredit add");
    }

    @Test
    void saysThatNoDirectoryIsOfferedOrThatOneIsMissing() throws Exception {
        examine("{\"require_auth\": false, \"port\": 0}");
        assertThat(only(Status.BAD, "no directory is offered").advice()).contains("server_dir_whitelist");

        findings.clear();
        examine("{\"require_auth\": false, \"port\": 0, \"server_dir_whitelist\": [\"HERE/none\", \"HERE\"]}");
        assertThat(only(Status.BAD, here + "/none").area()).isEqualTo(Area.DIRECTORY);
        only(Status.OK, "it can be written");
    }

    @Test
    void saysThatTheDiskHasLessFreeThanItMust() throws Exception {
        examine("{\"require_auth\": false, \"port\": 0, \"reserve_free_mb\": 99000000,"
                + " \"server_dir_whitelist\": [\"HERE\"]}");

        assertThat(only(Status.BAD, "MB are free").advice()).contains("reserve_free_mb");
    }

    @Test
    void namesWhatOtherDisksCannotHoldAndWhatCannotBeSynced() throws Exception {
        for (String name : List.of("Readme", "README", "aux.txt", "back\\slash")) {
            Files.writeString(here.resolve(name), name);
        }
        Files.setLastModifiedTime(
                here.resolve("aux.txt"), FileTime.from(Instant.now().plus(Duration.ofDays(3))));

        examine("{\"require_auth\": false, \"port\": 0, \"server_dir_whitelist\": [\"HERE\"]}");

        only(Status.WARN, "\"README\" and \"Readme\"");
        only(Status.OK, "1 name will not reach a Windows machine");
        only(Status.WARN, "back\\slash");
        only(Status.WARN, "1 file with times more than a day ahead");
        assertThat(bad()).isEmpty();
    }

    @Test
    void leavesNothingBehind() throws Exception {
        examine("{\"require_auth\": false, \"port\": 0, \"server_dir_whitelist\": [\"HERE\"]}");

        assertThat(here).isEmptyDirectory();
        assertThat(temp)
                .isDirectoryNotContaining(path -> path.getFileName().toString().startsWith("known"));
    }

    @Test
    void looksAtNoDaemonWhereTheConfigurationIsForClients() throws Exception {
        examine("{\"clients\": {\"p\": {\"port\": 1, \"host\": \"127.0.0.1\", \"server_path\": \"/x\","
                + " \"client_path\": \"HERE\"}}}");

        only(Status.SKIPPED, "daemon: this configuration is for clients");
        assertThat(only(Status.BAD, "p: 127.0.0.1 (127.0.0.1) can't be reached").area())
                .isEqualTo(Area.NETWORK);
        only(Status.SKIPPED, "p: the login");
        only(Status.SKIPPED, "p: the clock");
        only(Status.OK, "it can be written");
    }

    @Test
    void saysThatASyncedDirectoryHoldsTheConfiguration() throws Exception {
        Files.writeString(here.resolveSibling("known_servers"), "");
        examine("{\"require_auth\": false, \"port\": 0, \"server_dir_whitelist\": [\"HERE/..\"],"
                + " \"clients\": {\"p\": {\"host\": \"127.0.0.1\", \"server_path\": \"/x\","
                + " \"client_path\": \"HERE/..\", \"port\": 1}}}");

        for (String subject :
                List.of("daemon: " + here + "/..: it holds ", "p: client_path " + here + "/..: it holds ")) {
            Finding held = only(Status.BAD, subject);
            assertThat(held.area()).isEqualTo(Area.CONFIGURATION);
            assertThat(held.what()).contains("sksync.json", "known_servers");
            assertThat(held.advice()).startsWith("move the configuration");
        }
        assertThat(findings).noneMatch(finding -> finding.what().contains("can't be synced"));
    }

    @Test
    void saysThatAHostIsUnknown() throws Exception {
        examine("{\"clients\": {\"p\": {\"host\": \"no host.invalid\", \"server_path\": \"/x\","
                + " \"client_path\": \"HERE\"}}}");

        assertThat(only(Status.BAD, "unknown").area()).isEqualTo(Area.NETWORK);
    }

    @Test
    void saysThatTheDirectoryOfAProfileIsMissingOrTooWide() throws Exception {
        Files.createDirectory(here.resolve(".ssh"));
        examine("""
                {"port": 1, "host": "127.0.0.1", "clients": {
                    "missing": {"server_path": "/x", "client_path": "HERE/none"},
                    "wide": {"server_path": "/x", "client_path": "HERE"},
                    "meant": {"server_path": "/x", "client_path": "HERE", "allow_wide_client_path": true}
                }}
                """);

        assertThat(only(Status.BAD, "HERE/none".replace("HERE", here.toString()))
                        .area())
                .isEqualTo(Area.DIRECTORY);
        assertThat(only(Status.BAD, "holds .ssh").advice()).contains("allow_wide_client_path");
        only(Status.WARN, "holds .ssh");
    }

    @Test
    void saysThatAServerWasNeverMetOrIsKnown() throws Exception {
        String config = "{\"use_ssl\": true, \"port\": 1, \"host\": \"127.0.0.1\", \"clients\": {\"p\": {"
                + "\"server_path\": \"/x\", \"client_path\": \"HERE\"}}}";
        examine(config);
        assertThat(only(Status.WARN, "never met").advice()).contains("fingerprint");

        findings.clear();
        Files.writeString(temp.resolve("known_servers"), "127.0.0.1:1 SHA256:" + "0a".repeat(32) + "\n");
        examine(config);
        only(Status.OK, "SHA256:" + "0a".repeat(32));
    }

    @Test
    void looksAtTheNamedProfilesAlone() throws Exception {
        examine(
                "{\"port\": 1, \"host\": \"127.0.0.1\", \"users\": {}, \"clients\": {"
                        + "\"a\": {\"server_path\": \"/x\", \"client_path\": \"HERE\"},"
                        + "\"b\": {\"server_path\": \"/x\", \"client_path\": \"HERE\"}}}",
                "b",
                "none");

        assertThat(findings).noneMatch(finding -> finding.what().startsWith("a: "));
        assertThat(findings).noneMatch(finding -> finding.what().startsWith("daemon: "));
        assertThat(findings).anyMatch(finding -> finding.what().startsWith("b: "));
        assertThat(only(Status.BAD, "there is no client profile").area()).isEqualTo(Area.CONFIGURATION);
    }

    @Test
    void suggestsAWindowForADiskThatRoundsTimes() {
        assertThat(Directories.times(0, Duration.ofSeconds(1)).status()).isEqualTo(Status.OK);
        assertThat(Directories.times(1, Duration.ofSeconds(2)).status()).isEqualTo(Status.OK);
        assertThat(Directories.times(1, Duration.ofSeconds(1)))
                .returns(Status.WARN, Finding::status)
                .extracting(Finding::advice)
                .asString()
                .contains("modify_window to 2");
        assertThat(Directories.times(5, Duration.ofSeconds(2)).advice()).contains("modify_window to 6");
    }
}
