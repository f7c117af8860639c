package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.client.report.SyncReport;
import org.sksync.config.ClientProfile;
import org.sksync.config.ConfigReader;
import org.sksync.files.scan.SkipReason;
import org.sksync.files.scan.SkippedFile;

/** What a watch tells, and what it keeps to itself. */
class WatchNewsTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
    private static final SkippedFile LINK = new SkippedFile("link", SkipReason.CHANGED, "changed while it was read");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final WatchNews news = new WatchNews(
            "notes",
            new Terminal(
                    new PrintWriter(out, true), new PrintWriter(err, true), Optional.empty(), Display.plain(false)),
            NOON);

    private ClientProfile profile;

    @BeforeEach
    void readAProfile(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("sksync.json"), """
                {"clients": {"notes": {"server_path": "/srv", "client_path": "notes"}}}
                """);
        profile = ConfigReader.read(file).profile("notes");
    }

    private static SyncReport report(int received, SkippedFile... skipped) {
        return new SyncReport(received, received * 10L, 0, 0, List.of(skipped), List.of(), Duration.ofMillis(1234));
    }

    @Test
    void tellsOfASyncThatMovedSomething() {
        news.synced(profile, report(1));

        assertThat(out.toString()).startsWith("2026-11-21 12:00:00 notes: received 1 file (10 B), sent 0 files");
    }

    @Test
    void saysNothingOfASyncThatMovedNothing() {
        news.synced(profile, report(0));

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void namesTheFilesThatWereLeftOutOnceUntilTheyAreOthers() {
        news.synced(profile, report(0, LINK));
        news.synced(profile, report(0, LINK));
        assertThat(out.toString()).containsOnlyOnce("skipped link");

        news.synced(profile, report(0));
        news.synced(profile, report(0, LINK));

        assertThat(out.toString().split("skipped link", -1)).hasSize(3);
    }

    @Test
    void tellsATroubleOnceAndThatItIsOver() {
        news.failed(ExitCode.NETWORK, "can't connect");
        news.failed(ExitCode.NETWORK, "the connection was reset");
        assertThat(err.toString()).hasLineCount(1).startsWith("warning: notes: can't connect (it is tried again");

        news.synced(profile, report(0));
        news.synced(profile, report(0));

        assertThat(out.toString()).hasLineCount(1).endsWith("notes: connected again" + System.lineSeparator());
    }

    @Test
    void tellsWhenATroubleBecomesAnotherOne() {
        news.failed(ExitCode.NETWORK, "can't connect");
        news.missing(Path.of("disk"));
        news.missing(Path.of("disk"));
        news.failed(ExitCode.NETWORK, "can't connect");

        assertThat(err.toString()).hasLineCount(3).contains("client_path disk is not there");
    }

    @Test
    void tellsAWrongConfigurationOnceUntilItIsWrongInAnotherWay() {
        news.configuration(Optional.of("line 1"));
        news.configuration(Optional.of("line 1"));
        news.configuration(Optional.of("line 2"));
        news.configuration(Optional.empty());
        news.configuration(Optional.of("line 2"));

        assertThat(err.toString()).hasLineCount(3);
    }

    @Test
    void tellsHowTheFolderIsWatched() {
        news.watching(Path.of("notes"), Duration.ofMinutes(5), true);
        news.watching(Path.of("notes"), Duration.ZERO, true);
        news.watching(Path.of("notes"), Duration.ofHours(1), false);

        assertThat(out.toString().lines().map(line -> line.substring("2026-11-21 12:00:00 notes: ".length())))
                .containsExactly(
                        "watching notes, and looking for the other side's changes every 5m",
                        "watching notes for changes alone",
                        "syncing notes every 1h");
    }
}
