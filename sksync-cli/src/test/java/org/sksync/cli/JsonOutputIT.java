package org.sksync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sksync.cli.SksyncJar.Ended;
import org.sksync.testkit.JavaProgram;

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
            })
    void fitsTheSchemasAndNothingElseIsWritten(String words, String types) throws Exception {
        List<String> all = new java.util.ArrayList<>(Arrays.asList(words.split(" ")));
        all.add("--json");

        Ended ended = SksyncJar.run(here, all.toArray(String[]::new));

        assertThat(JsonSchemas.typesOfValid(ended.out()))
                .as(ended.out())
                // A slow machine tells of it meanwhile.
                .filteredOn(type -> !type.equals("status"))
                .containsExactly(types.split(" "));
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out().replace("\n", "")).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
        assertThat(ended.exitCode() == 0).isEqualTo(!types.endsWith("exit_error"));
    }
}
