package org.sksync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearWordsTest {

    private static final List<String> COMMANDS = List.of(
            "init",
            "pair",
            "sync",
            "watch",
            "job",
            "restore",
            "server",
            "status",
            "scan",
            "doctor",
            "useredit",
            "service",
            "completion",
            "client",
            "help");

    @ParameterizedTest
    @CsvSource({
        "serve, server;service",
        "serv, server;service",
        "syn, sync",
        "sycn, sync",
        "SYNC, sync",
        "pari, pair",
        "wacth, watch",
        "clinet, client",
        "docter, doctor",
        "jb, job",
        "comp, completion",
        "user-edit, useredit",
        "--status, status",
    })
    void areThoseThatASlipAwayOrTheRestOfAWordLeadsTo(String word, String near) {
        assertThat(NearWords.to(word, COMMANDS)).containsExactly(near.split(";", -1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "jo2", "push", "start", "list", "version", "synchronise-it-all", "-", "sskyync"})
    void areNoneWhereNoneIsClose(String word) {
        assertThat(NearWords.to(word, List.of("init", "sync", "status", "watch")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--prot, --port",
        "-port, --port",
        "--server_path, --server-path",
        "--dryrun, --dry-run",
        "-C, -c",
        "--pass, --password-stdin",
    })
    void areOptionsWhateverTheirDashes(String word, String near) {
        assertThat(NearWords.to(word, List.of("-c", "-q", "--port", "--server-path", "--dry-run", "--password-stdin")))
                .containsExactly(near);
    }

    @Test
    void areThreeAtMostTheClosestFirst() {
        assertThat(NearWords.to("photos", List.of("photoss2", "photo", "photos-b", "photos-c", "phoots", "music")))
                .containsExactly("photoss2", "photos-b", "photos-c");
        assertThat(NearWords.to("potato", List.of("potxty", "potaty", "tomato", "potato")))
                .startsWith("potato", "potaty");
    }

    @Test
    void doNotTakeOneShortWordForAnother() {
        assertThat(NearWords.to("c", List.of("a", "b", "client"))).isEmpty();
        assertThat(NearWords.to("ab", List.of("ac", "bc"))).isEmpty();
    }
}
