package org.sksync.cli.command;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sksync.cli.watch.WatchLoop;
import org.sksync.client.report.SyncReport;
import org.sksync.config.ClientProfile;
import org.sksync.files.scan.SkippedFile;

/**
 * What a watched profile tells: each sync that did something, and each trouble once, until it is over or becomes another
 * one. Thread-safe.
 */
final class WatchNews {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final String name;
    private final Terminal terminal;
    private final Clock clock;
    private @Nullable ExitCode trouble;
    private @Nullable String wrongConfiguration;
    private List<SkippedFile> skipped = List.of();
    private List<String> hints = List.of();

    WatchNews(String name, Terminal terminal, Clock clock) {
        this.name = name;
        this.terminal = terminal;
        this.clock = clock;
    }

    /**
     * The folder is watched from now on.
     *
     * @param every how often it is synced by the clock; zero for never
     * @param heard whether changes in it are told of
     */
    synchronized void watching(Path folder, Duration every, boolean heard) {
        String often = DurationWords.text(every);
        String how = heard
                ? "watching " + folder
                        + (every.isZero()
                                ? " for changes alone"
                                : ", and looking for the other side's changes every " + often)
                : "syncing " + folder + " every " + often;
        tell(
                how,
                line("watching")
                        .put("client_path", folder.toString())
                        .putSeconds("every_seconds", every.toMillis())
                        .put("local_changes", heard));
    }

    /** A sync got to its end. */
    synchronized void synced(ClientProfile profile, SyncReport report) {
        boolean moved = report.receivedFiles() + report.sentFiles() > 0;
        boolean others = !report.skipped().equals(skipped);
        if (trouble != null) {
            tell(trouble == ExitCode.PATH ? "is there again" : "connected again", line("connected"));
            trouble = null;
        }
        if (moved || others) {
            tell(
                    "received " + count(report.receivedFiles(), report.receivedBytes()) + ", sent "
                            + count(report.sentFiles(), report.sentBytes()) + ", skipped "
                            + report.skipped().size(),
                    summary(profile, report));
        }
        if (others) {
            report.skipped().forEach(file -> terminal.print("  skipped " + file.name() + ": " + file.detail()));
            skipped = report.skipped();
        }
        if (!report.hints().equals(hints)) {
            hints = report.hints();
            hints.forEach(hint -> terminal.warn(name + ": " + hint));
        }
    }

    private JsonLine summary(ClientProfile profile, SyncReport report) {
        return SyncSummary.json(profile, report).put("time", time());
    }

    /** Somebody asks, and no sync runs. */
    synchronized void waiting(WatchLoop.Waiting waiting) {
        JsonLine json = line("waiting");
        waiting.sinceDone().ifPresent(since -> json.putSeconds("synced_seconds_ago", since.toMillis()));
        waiting.untilDue().ifPresent(until -> json.putSeconds("next_seconds", until.toMillis()));
        terminal.standing(
                name + ": waiting, "
                        + waiting.sinceDone()
                                .map(since -> "synced " + seconds(since) + " ago")
                                .orElse("not synced yet")
                        + ", next look "
                        + waiting.untilDue()
                                .map(until -> "in " + seconds(until))
                                .orElse("when something changes here"),
                json);
    }

    /** Somebody asks, and it is synced no more. */
    synchronized void over() {
        terminal.standing(name + ": watched no more", line("over"));
    }

    private static String seconds(Duration time) {
        return time.toSeconds() == 0 ? "0s" : DurationWords.text(Duration.ofSeconds(time.toSeconds()));
    }

    /** A sync failed, and is tried again. */
    synchronized void failed(ExitCode how, String sentence) {
        if (trouble != how) {
            trouble = how;
            terminal.warn(name + ": " + sentence + " (it is tried again, each time later)");
        }
    }

    /** There is no folder; it is waited for. */
    synchronized void missing(Path folder) {
        if (trouble != ExitCode.PATH) {
            trouble = ExitCode.PATH;
            terminal.warn(name + ": client_path " + folder
                    + " is not there; it is synced as soon as it is (plug its disk in, or create it)");
        }
    }

    /** A sync failed, and another one would too. */
    synchronized void refused(String sentence, Throwable cause) {
        terminal.error(name + ": " + sentence + " (it is watched no more; mend that and start again)", cause);
    }

    /** A sync was interrupted. */
    synchronized void interrupted() {
        terminal.warn(name + ": interrupted; what has arrived whole is kept, the next sync brings the rest");
    }

    /** Changes in the folder are told of no more, or never were. */
    synchronized void deaf(Path folder, String why) {
        terminal.warn(name + ": changes in " + folder
                + " are not noticed, only looked for every now and then (--every): " + why);
    }

    /** The configuration was changed, but can't be used; empty if it can. */
    synchronized void configuration(Optional<String> wrong) {
        String before = wrongConfiguration;
        wrongConfiguration = wrong.orElse(null);
        if (wrong.isPresent() && !wrong.get().equals(before)) {
            terminal.warn(name + ": " + wrong.get() + " (until that is mended, the profile stays as it was)");
        }
    }

    private JsonLine line(String messageType) {
        return JsonLine.of(messageType).put("profile", name).put("time", time());
    }

    /** Returns the present, to the millisecond as every length of time is. */
    private String time() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private void tell(String text, JsonLine json) {
        terminal.tell(TIME.format(LocalDateTime.now(clock)) + " " + name + ": " + text, json);
    }

    private static String count(int files, long bytes) {
        return files + (files == 1 ? " file (" : " files (") + ByteText.of(bytes) + ")";
    }
}
