package org.sksync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sksync.cli.SksyncJar.Ended;
import org.sksync.testkit.JavaProgram;
import org.sksync.testkit.JavaProgram.Stream;
import org.sksync.testkit.ScriptedPeer;

/**
 * What commands write with {@code --json} fits the schemas in docs/json. A new command, or a new message type, is one more
 * line here and one more schema.
 */
class JsonOutputIT {

    @TempDir
    static Path here;

    private static JavaProgram daemon;

    @BeforeAll
    static void syncWithADaemon() throws IOException {
        Path served = Files.createDirectory(here.resolve("served"));
        Path copy = Files.createDirectory(here.resolve("copy"));
        Files.writeString(
                here.resolve("server.json"), "{\"require_auth\": false, \"server_dir_whitelist\": [\"served\"]}");
        daemon = SksyncJar.daemon(here, "server.json");
        String config = """
                {"host": "127.0.0.1", "port": %d, "clints": 1, "clients": {
                 "p": {"server_path": "%s", "client_path": "copy", "sync_type": "bidirectional_use_time"},
                 "nobody": {"port": 1, "server_path": "/", "client_path": "copy"}}}""";
        Files.writeString(here.resolve("sksync.json"), config.formatted(SksyncJar.port(daemon), served));
        Files.writeString(copy.resolve("no\\name"), "can't travel");
        Files.setLastModifiedTime(Files.writeString(served.resolve("note.txt"), "old"), FileTime.from(Instant.EPOCH));
        Files.writeString(copy.resolve("note.txt"), "new");
        assertThat(SksyncJar.run(here, "sync", "p").exitCode()).isEqualTo(3);
        Files.writeString(served.resolve("later \u202e.txt"), "from there");
        Files.writeString(copy.resolve("caf\u00e9.txt"), "from here");
    }

    @AfterAll
    static void stop() {
        daemon.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // words                            | message types
                "sync p -v                          | warning file file file summary exit_error",
                "sync p nobody -q                   | warning summary error exit_error",
                "sync p --set recursive=perhaps     | warning error exit_error",
                "sync unknown                       | warning error exit_error",
                "sync --bogus                       | error exit_error",
                "bogus                              | error exit_error",
                "server --bogus                     | error exit_error",
                "restore served                     | replaced_version",
                "restore served/note.txt            | restored",
                "restore served/none.txt            | error exit_error",
                "job list                           | warning job job",
                "job show p                         | warning job",
                "job show unknown                   | warning error exit_error",
                "job edit p                         | error exit_error",
                "job                                | error exit_error",
                "init --port 0                      | error exit_error",
                "pair a-line                        | error exit_error",
                "watch unknown                      | warning error exit_error",
                "scan --time 0                      | error exit_error",
                "scan --time 1 --ask 127.0.0.1:9    | warning",
                "status -c server.json              | daemon_status",
                "status                             | error exit_error",
                "service install -c none.json       | error exit_error",
                "service bogus                      | error exit_error",
                "doctor --bogus                     | error exit_error",
                "man                                | error exit_error",
                "completion bash                    | error exit_error",
                "useredit list -c none.json         | error exit_error",
                "useredit check ann -c none.json    | error exit_error",
                "useredit add                       | error exit_error",
                "help bogus                         | error exit_error",
            })
    void fitsTheSchemasAndNothingElseIsWritten(String words, String types) throws Exception {
        Ended ended = run(words.split(" "));

        assertThat(JsonSchemas.typesOfValid(ended))
                .as(ended.out())
                // A slow machine tells of it meanwhile.
                .filteredOn(type -> !type.equals("status"))
                .containsExactly(types.split(" "));
    }

    private static Ended run(String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--json");
        return SksyncJar.run(here, all.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({"p, findings", "nobody, exit_error"})
    void endsWhatDoctorFindsWithTheCount(String profile, String last) throws Exception {
        Ended ended = run("doctor", profile);

        assertThat(JsonSchemas.typesOfValid(ended))
                .as(ended.out())
                .startsWith("finding", "finding")
                .containsOnlyOnce("findings")
                .endsWith(last)
                .containsOnly("finding", "findings", last);
    }

    @Test
    void tellsEveryKeyOfAProfileAndEveryChange() throws Exception {
        Ended added =
                run(("job add q -c jobs.json --host h --server-path /s --client-path c --username ann --bwlimit 1M"
                                + " --ssl-server-certfile s.pem --ssl-server-keyfile s.key --ssl-client-certfile c.pem"
                                + " --ssl-client-keyfile c.key --exclude *.bak")
                        .split(" "));
        assertThat(JsonSchemas.typesOfValid(added)).as(added.out()).containsExactly("job_change");

        Ended shown = run("job", "show", "q", "-c", "jobs.json");

        assertThat(JsonSchemas.typesOfValid(shown)).as(shown.out()).containsExactly("job");
        JsonSchemas.files().get("job").path("properties").fieldNames().forEachRemaining(field -> assertThat(shown.out())
                .contains("\"" + field + "\":"));
        for (String change : List.of("edit q --port 5", "rename q r", "remove r")) {
            Ended changed = run(("job " + change + " -c jobs.json").split(" "));
            assertThat(JsonSchemas.typesOfValid(changed)).as(changed.out()).containsExactly("job_change");
        }
    }

    @Test
    void tellsOfUsersAndOfEachChangeOfThem() throws Exception {
        List<String> words = List.of(
                "add ann --password-stdin",
                "list",
                "check ann --password-stdin",
                "passwd ann --password-stdin",
                "remove ann");
        List<String> types = new ArrayList<>();
        for (String each : words) {
            String[] all = ("useredit " + each + " -c users.json --json").split(" ", -1);
            Ended ended = SksyncJar.end(SksyncJar.launch(here, all).stdin("secret\n"));
            types.addAll(JsonSchemas.typesOfValid(ended));
        }

        assertThat(types).containsExactly("user_change", "user", "password_fits", "user_change", "user_change");
    }

    @Test
    void tellsOfASessionUnderWay() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.client(SksyncJar.port(daemon))) {
            peer.send("pysksync 2\n")
                    .expectLine("Protocol Established")
                    .send("1\n0\n" + here.resolve("served") + "\n/there\n")
                    .expectLine("md5");

            Ended ended = run("status", "-c", "server.json");

            assertThat(JsonSchemas.typesOfValid(ended)).containsExactly("daemon_status");
            assertThat(ended.out()).contains("\"state\":\"listing\"", "\"last_syncs\":[{");
            peer.send("\n").expectLine("").expectLine("").expectEndOfStream();
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void tellsWhatAWatchDoesAndHowItEnds(String signal, int exitCode, @TempDir Path there) throws Exception {
        String config = """
                {"host": "127.0.0.1", "port": %d, "clients": {"w":
                 {"server_path": "%s", "client_path": "%s", "sync_type": "from_server_use_time"}}}""";
        Path folder = there.resolve("late");
        Files.writeString(
                there.resolve("watch.json"), config.formatted(SksyncJar.port(daemon), here.resolve("served"), folder));
        try (JavaProgram watch = SksyncJar.launch(there, "watch", "w", "-c", "watch.json", "--every", "1s", "--json")
                .environment("XDG_STATE_HOME", there.resolve("state").toString())
                .start()) {
            watch.awaitLine(Stream.OUT, "\"warning\".* is not there", SksyncJar.LIMIT);
            Files.createDirectory(folder);
            watch.awaitLine(Stream.OUT, "\"message_type\":\"summary\".*\"time\":\"", SksyncJar.LIMIT);

            SksyncJar.signal(watch, signal);

            Ended ended = SksyncJar.end(watch);
            assertThat(ended.exitCode()).isEqualTo(exitCode);
            assertThat(JsonSchemas.typesOfValid(ended))
                    .as(ended.out())
                    .filteredOn(type -> !type.equals("status"))
                    .containsSubsequence("watching", "connected", "summary", "exit_error")
                    .containsOnly("watching", "warning", "connected", "summary", "exit_error");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void tellsOfAServiceAndEachStepToIt(@TempDir Path there) throws Exception {
        Path systemctl = Files.writeString(there.resolve("systemctl"), "#!/bin/sh\nexit 0\n");
        Files.setPosixFilePermissions(systemctl, PosixFilePermissions.fromString("rwx------"));

        List<String> dryRun = service(there, "install --user -c server.json --dry-run");
        assertThat(there.resolve("systemd")).doesNotExist();
        List<String> install = service(there, "install --user -c server.json");

        assertThat(dryRun).hasSizeGreaterThan(1).containsOnly("service_step");
        assertThat(install).isEqualTo(dryRun);
        assertThat(service(there, "status --user")).containsExactly("service_state");
        assertThat(service(there, "remove --user")).hasSizeGreaterThan(1).containsOnly("service_step");
        assertThat(service(there, "status --user")).containsExactly("no_service");
        assertThat(service(there, "remove --user")).containsExactly("no_service");
    }

    /** Runs it where systemd agrees to everything, and units of the user lie in that directory. */
    private static List<String> service(Path there, String words) throws IOException {
        Ended ended = SksyncJar.end(SksyncJar.launch(here, ("service " + words + " --json").split(" "))
                .environment("PATH", there + ":" + System.getenv("PATH"))
                .environment("XDG_CONFIG_HOME", there.toString()));
        assertThat(ended.exitCode()).as(ended.out()).isZero();
        return JsonSchemas.typesOfValid(ended);
    }
}
