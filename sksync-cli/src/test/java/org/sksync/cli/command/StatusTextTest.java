package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.server.status.LastSync;
import org.sksync.server.status.LimitsHit;
import org.sksync.server.status.StatusSnapshot;
import org.sksync.server.transfer.SessionSummary;
import org.sksync.server.transfer.SessionSummary.TransferCount;

/** The status from the daemon's numbers over its answer to what is printed. */
class StatusTextTest {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    private static final LimitsHit NONE = new LimitsHit(Map.of(), 0, 0, 0, 0);
    private static final ConfigState CONFIG = new ConfigState(Path.of("/etc/sksync.json"), START, Optional.empty());

    private static SessionSummary session(String user, String path, String outcome, int skipped) {
        return new SessionSummary(
                "192.0.2.7:4242",
                user,
                path,
                "to_server_use_time/recursive",
                new TransferCount(2, 3_000),
                TransferCount.NONE,
                skipped,
                Duration.ofMillis(12_345),
                outcome);
    }

    private static StatusSnapshot snapshot(List<SessionSummary> sessions, List<LastSync> last, LimitsHit limits) {
        return new StatusSnapshot(
                START,
                START.plus(Duration.ofHours(75)),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                sessions,
                sessions.size(),
                3,
                last,
                limits);
    }

    private static JsonLine json(StatusSnapshot snapshot, ConfigState config) {
        return StatusJson.of(snapshot, "0.0.0.0:23456", config, "sksync 1.2", 77);
    }

    private static List<String> lines(JsonLine json, boolean all) throws IOException {
        return StatusText.of(StatusAnswer.parse(json.toString()), ZoneId.of("UTC+1"), all);
    }

    @Test
    void showsSessionsAndLastSyncsInColumns() throws Exception {
        StatusSnapshot snapshot = snapshot(
                List.of(session("ann", "/srv/notes", "uploading", 0), session("-", "-", "established", 0)),
                List.of(new LastSync(START, session("bob", "/srv/books", "done", 2))),
                NONE);

        assertThat(lines(json(snapshot, CONFIG), false))
                .containsExactly(
                        "sksync 1.2 listens on 0.0.0.0:23456, up 3 d 3 h (process 77)",
                        "configuration /etc/sksync.json, read 2030-01-01 01:00:00",
                        "",
                        "sessions under way: 2; connections that have not greeted: 3",
                        "  USER  PATH        STATE        FOR   RECEIVED    SENT     FROM",
                        "  ann   /srv/notes  uploading    12 s  2 (3.0 kB)  0 (0 B)  192.0.2.7:4242",
                        "  -     -           established  12 s  2 (3.0 kB)  0 (0 B)  192.0.2.7:4242",
                        "",
                        "last syncs: 1",
                        "  USER  PATH        ENDED                TOOK  RECEIVED    SENT     OUTCOME",
                        "  bob   /srv/books  2030-01-01 01:00:00  12 s  2 (3.0 kB)  0 (0 B)  done, 2 skipped",
                        "",
                        "limits hit: none since the start");
    }

    @Test
    void showsWhichLimitsWereHit() throws Exception {
        LimitsHit limits = new LimitsHit(Map.of("max_connections", 7L), 1, 2, 3, 4);

        assertThat(lines(json(snapshot(List.of(), List.of(), limits), CONFIG), false))
                .endsWith(
                        "limits hit: ",
                        "  max_connections reached, connections refused: 7",
                        "  connections closed to make room: 1",
                        "  times that the system had no connection to give: 2",
                        "  logins that had to wait: 3",
                        "  logins refused: 4");
    }

    @Test
    void showsWhyTheConfigurationIsNotInForce() throws Exception {
        ConfigState wrong = new ConfigState(
                CONFIG.file(), START, Optional.of(new ConfigState.Fault(START, "sksync.json, line 3: port is -1")));

        assertThat(lines(json(snapshot(List.of(), List.of(), NONE), wrong), false))
                .contains("its change of 2030-01-01 01:00:00 is not in force: sksync.json, line 3: port is -1");
    }

    @Test
    void listsTwentyLastSyncsUnlessAllAreAskedFor() throws Exception {
        List<LastSync> many = IntStream.range(0, 25)
                .mapToObj(i -> new LastSync(START, session("ann", "/" + i, "done", 0)))
                .toList();
        JsonLine json = json(snapshot(List.of(), many, NONE), CONFIG);

        assertThat(lines(json, false)).contains("last syncs: 25", "  and 5 more (-v lists all)");
        assertThat(lines(json, true))
                .filteredOn(line -> line.contains("  ann  "))
                .hasSize(25);
    }

    @Test
    void aPathCanNeitherForgeALineNorWidenTheColumnsWithoutEnd() throws Exception {
        JsonLine json = json(
                snapshot(List.of(session("ann", "/\n" + "x".repeat(5_000), "listing", 0)), List.of(), NONE), CONFIG);

        assertThat(lines(json, false)).allMatch(line -> line.length() < 250 && !line.contains("\n"));
    }

    @Test
    void theWholeObjectIsPassedOn() throws Exception {
        StatusSnapshot snapshot = snapshot(
                List.of(session("ann", "/srv/notes", "uploading", 0)),
                List.of(new LastSync(START, session("-", "/srv/books", "done", 2))),
                new LimitsHit(Map.of("max_connections", 7L), 1, 2, 3, 4));
        String text = json(snapshot, CONFIG).toString();

        assertThat(StatusAnswer.parse(text).json()).hasToString(text);
    }

    @Test
    void passesOnWhatAnotherVersionAdds() throws Exception {
        String text = "{\"message_type\":\"daemon_status\",\"new\":[1,\"a\",true,{\"b\":1.5}],\"newer\":false}";

        assertThat(StatusAnswer.parse(text).json()).hasToString(text);
        assertThat(StatusText.of(StatusAnswer.parse(text), ZoneId.of("UTC"), false))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"message_type\":\"daemon_status\"",
                "{\"message_type\":\"status\"}",
                "{\"message_type\":\"error\"}",
                "hello"
            })
    void refusesAnAnswerThatIsNone(String text) {
        assertThatThrownBy(() -> StatusAnswer.parse(text)).isInstanceOf(IOException.class);
    }
}
