package org.sksync.cli.command;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.TreeMap;
import org.sksync.server.status.LastSync;
import org.sksync.server.status.LimitsHit;
import org.sksync.server.status.StatusSnapshot;
import org.sksync.server.transfer.SessionSummary;

/** How a daemon does, as the object that it answers with: docs/json.md lists its keys. */
final class StatusJson {

    /** What tells the object from others. */
    static final String MESSAGE_TYPE = "daemon_status";

    private static final String NONE = "-";
    private static final String RECURSIVE = "/recursive";

    private StatusJson() {}

    /**
     * Returns the object.
     *
     * @param address what the daemon listens on, as its first line has it
     */
    static JsonLine of(StatusSnapshot status, String address, ConfigState config, String version, long pid) {
        JsonLine file = JsonLine.part()
                .put("file", config.file().toString())
                .put("read", config.taken().truncatedTo(ChronoUnit.SECONDS).toString());
        config.fault().ifPresent(fault -> file.put("error", fault.message())
                .put(
                        "error_since",
                        fault.since().truncatedTo(ChronoUnit.SECONDS).toString()));
        return JsonLine.of(MESSAGE_TYPE)
                .put("version", version)
                .put("pid", pid)
                .put("address", address)
                .put("started", status.started().truncatedTo(ChronoUnit.SECONDS).toString())
                .put(
                        "uptime_seconds",
                        Duration.between(status.started(), status.now()).toSeconds())
                .put("config", file)
                .put("session_count", status.sessionCount())
                .put("waiting_count", status.unadmitted())
                .put(
                        "sessions",
                        status.sessions().stream().map(StatusJson::underWay).toList())
                .put(
                        "last_syncs",
                        status.lastSyncs().stream().map(StatusJson::last).toList())
                .put("limits", limits(status.limits()));
    }

    private static JsonLine underWay(SessionSummary session) {
        return counted(JsonLine.part().put("peer", session.peer()), session).put("state", session.outcome());
    }

    private static JsonLine last(LastSync sync) {
        JsonLine ended = JsonLine.part()
                .put("ended", sync.ended().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("peer", sync.summary().peer());
        return counted(ended, sync.summary()).put("outcome", sync.summary().outcome());
    }

    /** Adds what is told of a session whether it goes on or not; what it has not said yet is left out. */
    private static JsonLine counted(JsonLine json, SessionSummary session) {
        putKnown(json, "user", session.user());
        putKnown(json, "path", session.serverPath());
        boolean recursive = session.type().endsWith(RECURSIVE);
        putKnown(json, "sync_type", session.type().replace(RECURSIVE, ""));
        if (!session.type().equals(NONE)) {
            json.put("recursive", recursive);
        }
        return json.putSeconds("seconds", session.duration().toMillis())
                .put("received_files", session.received().files())
                .put("received_bytes", session.received().bytes())
                .put("sent_files", session.sent().files())
                .put("sent_bytes", session.sent().bytes())
                .put("skipped", session.skipped());
    }

    private static void putKnown(JsonLine json, String key, String value) {
        if (!value.equals(NONE)) {
            json.put(key, value);
        }
    }

    private static JsonLine limits(LimitsHit limits) {
        JsonLine refused = JsonLine.part();
        new TreeMap<>(limits.refused()).forEach(refused::put);
        return JsonLine.part()
                .put("refused", refused)
                .put("made_room", limits.madeRoom())
                .put("not_accepted", limits.notAccepted())
                .put("delayed_logins", limits.delayedLogins())
                .put("refused_logins", limits.refusedLogins());
    }
}
