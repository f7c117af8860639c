package org.sksync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PysksyncWordsTest {

    private static String translated(String words) {
        return String.join(" ", PysksyncWords.translate(words.isEmpty() ? new String[0] : words.split(" ")));
    }

    @Test
    void runsTheDaemonWithoutAnyWord() {
        assertThat(translated("")).isEqualTo("server");
    }

    @ParameterizedTest
    @CsvSource({
        "my.json,                          server -c my.json",
        "/etc/sksync/config,               server -c /etc/sksync/config",
        "C:\\config,                       server -c C:\\config",
        "my.json --port 0,                 server -c my.json --port 0",
        "my.json server --port 0,          server -c my.json --port 0",
        "my.json client photos music,      client -c my.json photos music",
        "my.json sync photos music,        sync -c my.json photos music",
        "my.json useredit,                 useredit -c my.json",
        "-c my.json,                       server -c my.json",
        "-c my.json client photos,         client -c my.json photos",
        "--config my client photos,        client -c my photos",
    })
    void takesTheConfigurationFirst(String words, String expected) {
        assertThat(translated(words)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"--port 0, server --port 0", "--debug, server --debug", "-c, server -c"})
    void takesOptionsWithoutACommandAsTheDaemons(String words, String expected) {
        assertThat(translated(words)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server",
                "server -c my.json",
                "client my.json",
                "sync --all -c my.json",
                "client -c my.json photos",
                "useredit my.json",
                "--help",
                "-h",
                "--version",
                "-V",
                "help client",
                "serve",
                "photos client",
            })
    void leavesTheProgramsOwnOrder(String words) {
        assertThat(translated(words)).isEqualTo(words);
    }

    @Test
    void takesAnEmptyWordForNoFile() {
        assertThat(PysksyncWords.translate(new String[] {""})).isEqualTo(List.of(""));
    }
}
