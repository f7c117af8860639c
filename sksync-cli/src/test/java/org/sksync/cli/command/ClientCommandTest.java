package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sksync.config.ProfileSyncType;
import picocli.CommandLine;

class ClientCommandTest {

    private static final int NETWORK = 5;
    private static final int USAGE = 2;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path here;

    /** Syncs with a port where nobody listens, so that whatever connects ends with {@link #NETWORK}. */
    private int sync(boolean sksync1Compat, String... serverPaths) throws IOException {
        StringBuilder profiles = new StringBuilder();
        String[] words = new String[serverPaths.length + 2];
        words[0] = "-c";
        words[1] = here.resolve("sksync.json").toString();
        for (int i = 0; i < serverPaths.length; i++) {
            words[i + 2] = "p" + i;
            profiles.append(i == 0 ? "" : ",").append("""
                    "p%d": {"host": "127.0.0.1", "port": 1, "sksync1_compat": %s,
                            "server_path": "%s", "client_path": "%s"}
                    """.formatted(i, sksync1Compat, serverPaths[i], here));
        }
        Files.writeString(here.resolve("sksync.json"), "{\"clients\": {" + profiles + "}}");
        Terminal terminal =
                new Terminal(new PrintWriter(out), new PrintWriter(err), Optional.empty(), Display.plain(false));
        return new CommandLine(new ClientCommand(debug -> terminal)).execute(words);
    }

    @ParameterizedTest
    @EnumSource
    void asksForTheSyncTypeThatTheProfileNames(ProfileSyncType type) {
        assertThat(ProfileTerms.syncType(type).configName()).isEqualTo(type.token());
    }

    @ParameterizedTest
    @CsvSource({"true, /srv/caf\u00e9", "true, /srv/\u20ac", "false, /\u6570\u636e"})
    void connectsForADirectoryThatTheLevelCanCarry(boolean sksync1Compat, String serverPath) throws IOException {
        assertThat(sync(sksync1Compat, serverPath)).as(err.toString()).isEqualTo(NETWORK);
    }

    @Test
    void refusesADirectoryThatTheLevelCanNotCarry() throws IOException {
        assertThat(sync(true, "/\u6570\u636e")).isEqualTo(USAGE);
        assertThat(err.toString())
                .contains("sksync.json: clients.p0.server_path is \"/\u6570\u636e\"", "windows-1252", "sksync1_compat");
    }

    @Test
    void syncsNoProfileWhenOneNamesADirectoryThatTheLevelCanNotCarry() throws IOException {
        assertThat(sync(true, "/srv", "/\u6570\u636e")).isEqualTo(USAGE);
        assertThat(err.toString()).contains("clients.p1.server_path").hasLineCount(1);
    }
}
