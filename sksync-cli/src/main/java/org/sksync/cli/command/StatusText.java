package org.sksync.cli.command;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How a daemon does, in lines for people. */
final class StatusText {

    /** More of the last syncs scroll what matters off the screen. */
    private static final int FEW = 20;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final StatusAnswer status;
    private final ZoneId zone;
    private final List<String> lines = new ArrayList<>();

    private StatusText(StatusAnswer status, ZoneId zone) {
        this.status = status;
        this.zone = zone;
    }

    /**
     * Returns the lines.
     *
     * @param zone the one that times are shown in
     * @param all whether each last sync is listed, rather than the latest
     */
    static List<String> of(StatusAnswer status, ZoneId zone, boolean all) {
        StatusText text = new StatusText(status, zone);
        text.daemon();
        text.sessions();
        text.lastSyncs(all);
        text.limits();
        return List.copyOf(text.lines);
    }

    private void daemon() {
        lines.add(status.text("version") + " listens on " + status.text("address") + ", up "
                + duration(status.number("uptime_seconds")) + " (process " + status.number("pid") + ")");
        StatusAnswer config = status.part("config");
        lines.add("configuration " + config.text("file") + ", read " + time(config.text("read")));
        if (!config.text("error").isEmpty()) {
            lines.add(
                    "its change of " + time(config.text("error_since")) + " is not in force: " + config.text("error"));
        }
    }

    private void sessions() {
        long waiting = status.number("waiting_count");
        lines.add("");
        lines.add("sessions under way: " + status.number("session_count")
                + (waiting == 0 ? "" : "; connections that have not greeted: " + waiting));
        List<StatusAnswer> sessions = status.parts("sessions");
        if (!sessions.isEmpty()) {
            TextTable table = new TextTable("USER", "PATH", "STATE", "FOR", "RECEIVED", "SENT", "FROM");
            sessions.forEach(session -> table.add(
                    known(session.text("user")),
                    known(session.text("path")),
                    session.text("state"),
                    duration(session.number("seconds")),
                    count(session, "received"),
                    count(session, "sent"),
                    session.text("peer")));
            lines.addAll(table.lines());
        }
    }

    private void lastSyncs(boolean all) {
        List<StatusAnswer> syncs = status.parts("last_syncs");
        lines.add("");
        lines.add("last syncs: " + (syncs.isEmpty() ? "none since the start" : syncs.size()));
        if (syncs.isEmpty()) {
            return;
        }
        List<StatusAnswer> shown = all ? syncs : syncs.subList(0, Math.min(FEW, syncs.size()));
        TextTable table = new TextTable("USER", "PATH", "ENDED", "TOOK", "RECEIVED", "SENT", "OUTCOME");
        shown.forEach(sync -> table.add(
                known(sync.text("user")),
                known(sync.text("path")),
                time(sync.text("ended")),
                duration(sync.number("seconds")),
                count(sync, "received"),
                count(sync, "sent"),
                sync.text("outcome")
                        + (sync.number("skipped") == 0 ? "" : ", " + sync.number("skipped") + " skipped")));
        lines.addAll(table.lines());
        if (shown.size() < syncs.size()) {
            lines.add("  and " + (syncs.size() - shown.size()) + " more (-v lists all)");
        }
    }

    private void limits() {
        StatusAnswer limits = status.part("limits");
        List<String> hit = new ArrayList<>();
        StatusAnswer refused = limits.part("refused");
        refused.keys().forEach(key -> hit.add(key + " reached, connections refused: " + refused.number(key)));
        addCount(hit, "connections closed to make room", limits.number("made_room"));
        addCount(hit, "times that the system had no connection to give", limits.number("not_accepted"));
        addCount(hit, "logins that had to wait", limits.number("delayed_logins"));
        addCount(hit, "logins refused", limits.number("refused_logins"));
        lines.add("");
        lines.add("limits hit: " + (hit.isEmpty() ? "none since the start" : ""));
        hit.forEach(line -> lines.add("  " + line));
    }

    private static void addCount(List<String> hit, String what, long count) {
        if (count > 0) {
            hit.add(what + ": " + count);
        }
    }

    private static String known(String text) {
        return text.isEmpty() ? "-" : text;
    }

    private static String count(StatusAnswer session, String way) {
        return session.number(way + "_files") + " (" + ByteText.of(session.number(way + "_bytes")) + ")";
    }

    private String time(String instant) {
        try {
            return TIME.format(Instant.parse(instant).atZone(zone));
        } catch (DateTimeParseException e) {
            return known(instant);
        }
    }

    /** Returns the two largest units. */
    private static String duration(long seconds) {
        Duration time = Duration.ofSeconds(seconds);
        if (time.toDays() > 0) {
            return time.toDays() + " d " + time.toHoursPart() + " h";
        }
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0 ? time.toMinutes() + " min " + time.toSecondsPart() + " s" : seconds + " s";
    }
}
