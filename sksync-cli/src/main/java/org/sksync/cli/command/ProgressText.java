package org.sksync.cli.command;

import java.util.OptionalLong;
import org.sksync.cli.command.ProgressState.Bound;
import org.sksync.cli.command.ProgressState.LongFile;
import org.sksync.cli.command.ProgressState.Stage;
import org.sksync.files.path.EscapedText;

/**
 * Says how far a sync is. The server alone knows what it will ask for and offer, and tells of one file after the other;
 * so what is said of the rest is what can't be wrong: how much there can be at the most, and the rest of a long file.
 *
 * @param profile the profile's name
 * @param fetches whether files may come after those that go
 * @param millis since the sync began
 * @param speed how fast it has been lately
 */
record ProgressText(String profile, boolean fetches, long millis, ProgressState state, Speed speed) {

    /** The fewest columns that a name is cut to. */
    private static final int NAME_COLUMNS = 8;

    /** Returns one line, which takes no more columns than that where names can be cut for it. */
    String line(int columns) {
        String name = EscapedText.of(profile);
        String file = state.file().map(LongFile::name).map(EscapedText::of).orElse("");
        String line = line(name, file);
        int excess = Columns.of(line) - columns;
        if (excess > 0) {
            String shortFile = Columns.cutMiddle(file, Math.max(Columns.of(file) - excess, NAME_COLUMNS));
            excess = Columns.of(line(name, shortFile)) - columns;
            line = line(
                    Columns.cutMiddle(name, Math.max(Columns.of(name) - Math.max(excess, 0), NAME_COLUMNS)), shortFile);
        }
        return line;
    }

    private String line(String name, String file) {
        return name + ": "
                + switch (state.stage()) {
                    case CONNECTING -> "connecting";
                    case COMPARING -> "comparing";
                    case SENDING, RECEIVING -> done() + ", " + ByteText.of(speed.bytesPerSecond()) + "/s" + left(file);
                };
    }

    private String done() {
        if (state.sends().isPresent()) {
            Bound most = state.sends().get();
            return grouped(state.sentFiles()) + " of at most " + files(most.files()) + " sent, "
                    + ByteText.of(Math.min(state.bytes(), most.bytes()), most.bytes());
        }
        String counts = state.stage() == Stage.SENDING
                ? files(state.sentFiles()) + " sent"
                : state.sentFiles() == 0
                        ? files(state.receivedFiles()) + " received"
                        : files(state.sentFiles()) + " sent, " + grouped(state.receivedFiles()) + " received";
        return counts + ", " + ByteText.of(state.bytes());
    }

    private String left(String file) {
        OptionalLong seconds = sendingSeconds();
        if (seconds.isPresent()) {
            return ", at most " + time(seconds.getAsLong()) + " left" + (fetches ? " to send" : "");
        }
        if (state.sends().isPresent() || state.file().isEmpty()) {
            return "";
        }
        LongFile present = state.file().get();
        OptionalLong rest = fileSeconds(present);
        return ", " + file + " " + present.doneBytes() * 100 / present.bytes() + " %"
                + (rest.isPresent() ? " (" + time(rest.getAsLong()) + " left)" : "");
    }

    /** Returns how long it takes at the most to send what is to be sent; empty where there is no telling. */
    private OptionalLong sendingSeconds() {
        if (state.sends().isEmpty()) {
            return OptionalLong.empty();
        }
        Bound most = state.sends().get();
        return speed.secondsFor(
                Math.max(most.bytes() - state.bytes(), 0), Math.max(most.files() - state.sentFiles(), 0));
    }

    private OptionalLong fileSeconds(LongFile file) {
        return speed.secondsFor(file.bytes() - file.doneBytes(), 0);
    }

    /** Returns the same as JSON. */
    JsonLine json() {
        JsonLine json = JsonLine.of("status")
                .put("profile", profile)
                .put("stage", stage())
                .putSeconds("seconds", millis)
                .put("sent_files", state.sentFiles())
                .put("received_files", state.receivedFiles())
                .put("bytes", state.bytes())
                .put("bytes_per_second", speed.bytesPerSecond());
        state.sends().ifPresent(most -> json.put("send_files_at_most", most.files())
                .put("send_bytes_at_most", most.bytes()));
        sendingSeconds().ifPresent(seconds -> json.put("send_seconds_left_at_most", seconds));
        state.file().ifPresent(file -> {
            JsonLine part = JsonLine.part()
                    .put("name", file.name())
                    .put("bytes", file.bytes())
                    .put("bytes_done", file.doneBytes());
            fileSeconds(file).ifPresent(seconds -> part.put("seconds_left", seconds));
            json.put("file", part);
        });
        return json;
    }

    private String stage() {
        return switch (state.stage()) {
            case CONNECTING -> "connecting";
            case COMPARING -> "comparing";
            case SENDING -> "sending";
            case RECEIVING -> "receiving";
        };
    }

    private static String files(int count) {
        return grouped(count) + (count == 1 ? " file" : " files");
    }

    private static String grouped(int number) {
        String digits = Integer.toString(number);
        StringBuilder grouped = new StringBuilder(digits);
        for (int at = digits.length() - 3; at > 0; at -= 3) {
            grouped.insert(at, ',');
        }
        return grouped.toString();
    }

    /** Returns a time in the one unit that says enough. */
    private static String time(long seconds) {
        if (seconds < 100) {
            return seconds + " s";
        }
        return seconds < 100 * 60 ? (seconds + 59) / 60 + " min" : (seconds + 3599) / 3600 + " h";
    }
}
