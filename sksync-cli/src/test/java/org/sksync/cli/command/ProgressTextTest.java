package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sksync.cli.command.ProgressState.Bound;
import org.sksync.cli.command.ProgressState.LongFile;
import org.sksync.cli.command.ProgressState.Stage;

class ProgressTextTest {

    private static final int WIDE = 200;
    /** 31 MB/s, of files without a cost of their own. */
    private static final Speed SPEED = new Speed(0, 0, 0, 1e9, 31e6, 31e6);

    private static final Optional<Bound> BOUND = Optional.of(new Bound(1502, 400_000_000));
    private static final Optional<LongFile> FILE = Optional.of(new LongFile("talks/video.mp4", 62_000_000, 31_000_000));

    private static ProgressText text(boolean fetches, ProgressState state) {
        return new ProgressText("notes", fetches, 1500, state, SPEED);
    }

    private static ProgressState sending(Optional<Bound> sends, Optional<LongFile> file) {
        return new ProgressState(Stage.SENDING, 1500, 0, 369_000_000, sends, file);
    }

    @Test
    void tellsWhatItDoesBeforeTheFirstFile() {
        ProgressState nothing = new ProgressState(Stage.CONNECTING, 0, 0, 0, Optional.empty(), Optional.empty());

        assertThat(text(true, nothing).line(WIDE)).isEqualTo("notes: connecting");
        assertThat(text(true, new ProgressState(Stage.COMPARING, 0, 0, 0, Optional.empty(), Optional.empty()))
                        .line(WIDE))
                .isEqualTo("notes: comparing");
    }

    @Test
    void tellsHowMuchThereIsToSendAtTheMost() {
        assertThat(text(false, sending(BOUND, FILE)).line(WIDE))
                .isEqualTo("notes: 1,500 of at most 1,502 files sent, 369.0 of 400.0 MB, 31.0 MB/s, at most 1 s left");
        assertThat(text(true, sending(BOUND, FILE)).line(WIDE)).endsWith(", at most 1 s left to send");
    }

    @Test
    void tellsOfALongFileWhereNothingIsKnownOfTheRest() {
        assertThat(text(false, sending(Optional.empty(), FILE)).line(WIDE))
                .isEqualTo("notes: 1,500 files sent, 369.0 MB, 31.0 MB/s, talks/video.mp4 50 % (1 s left)");
        assertThat(text(false, sending(Optional.empty(), Optional.empty())).line(WIDE))
                .isEqualTo("notes: 1,500 files sent, 369.0 MB, 31.0 MB/s");
    }

    @Test
    void tellsWhatCameBesideWhatWent() {
        assertThat(text(true, new ProgressState(Stage.RECEIVING, 0, 1, 5, Optional.empty(), Optional.empty()))
                        .line(WIDE))
                .isEqualTo("notes: 1 file received, 5 B, 31.0 MB/s");
        assertThat(text(true, new ProgressState(Stage.RECEIVING, 2, 1, 5, Optional.empty(), Optional.empty()))
                        .line(WIDE))
                .isEqualTo("notes: 2 files sent, 1 received, 5 B, 31.0 MB/s");
    }

    @Test
    void saysTimesInTheUnitThatSaysEnough() {
        Optional<LongFile> minutes = Optional.of(new LongFile("a", 31_000_000L * 101, 0));
        Optional<LongFile> hours = Optional.of(new LongFile("a", 31_000_000L * 7201, 0));

        assertThat(text(false, sending(Optional.empty(), minutes)).line(WIDE)).endsWith("a 0 % (2 min left)");
        assertThat(text(false, sending(Optional.empty(), hours)).line(WIDE)).endsWith("a 0 % (3 h left)");
    }

    @Test
    void cutsNamesInTheirMiddleToFit() {
        ProgressText text = text(false, sending(Optional.empty(), FILE));

        assertThat(text.line(70)).hasSize(70).contains(" talk\u2026mp4 50 %");
        assertThat(new ProgressText("a/very/long/profile", false, 0, sending(Optional.empty(), FILE), SPEED).line(70))
                .startsWith("a/ve\u2026ile: ");
    }

    @Test
    void escapesNames() {
        Optional<LongFile> hostile = Optional.of(new LongFile("\u001b[2J", 62_000_000, 0));

        assertThat(text(false, sending(Optional.empty(), hostile)).line(WIDE)).contains("\\u001b[2J");
    }

    @Test
    void tellsProgramsTheSame() {
        assertThat(text(true, sending(BOUND, FILE)).json())
                .hasToString("{\"message_type\":\"status\",\"profile\":\"notes\",\"stage\":\"sending\",\"seconds\":1.5,"
                        + "\"sent_files\":1500,\"received_files\":0,\"bytes\":369000000,\"bytes_per_second\":31000000,"
                        + "\"send_files_at_most\":1502,\"send_bytes_at_most\":400000000,"
                        + "\"send_seconds_left_at_most\":1,"
                        + "\"file\":{\"name\":\"talks/video.mp4\",\"bytes\":62000000,\"bytes_done\":31000000,"
                        + "\"seconds_left\":1}}");
    }
}
