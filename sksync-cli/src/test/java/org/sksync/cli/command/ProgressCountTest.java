package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sksync.cli.command.ProgressState.Bound;
import org.sksync.cli.command.ProgressState.LongFile;
import org.sksync.cli.command.ProgressState.Stage;

class ProgressCountTest {

    private static final int LONG = 5_000_000;

    private final ProgressCount count = new ProgressCount(() -> 42);

    @Test
    void goesFromStageToStage() {
        assertThat(count.state().stage()).isEqualTo(Stage.CONNECTING);
        count.established();
        assertThat(count.state().stage()).isEqualTo(Stage.COMPARING);
        count.begun(Stage.SENDING, "a", 1);
        assertThat(count.state().stage()).isEqualTo(Stage.SENDING);
        assertThat(count.firstNanos()).isEqualTo(42);
        count.begun(Stage.RECEIVING, "b", 1);
        assertThat(count.state().stage()).isEqualTo(Stage.RECEIVING);
    }

    @Test
    void knowsTheBoundWhileItSendsAndAsLongAsThereIsOne() {
        count.established();
        count.sendsAtMost(3, 30);
        assertThat(count.state().sends()).isEmpty();

        count.begun(Stage.SENDING, "a", 10);
        assertThat(count.state().sends()).contains(new Bound(3, 30));

        count.sendsAtMost(Integer.MAX_VALUE, Long.MAX_VALUE);
        assertThat(count.state().sends()).isEmpty();

        count.sendsAtMost(2, 20);
        count.begun(Stage.RECEIVING, "b", 10);
        assertThat(count.state().sends()).isEmpty();
    }

    @Test
    void countsFilesAndBytes() {
        count.established();
        count.begun(Stage.SENDING, "a", 10);
        count.moved(10);
        count.sent();
        count.begun(Stage.RECEIVING, "b", 20);
        count.moved(15);

        assertThat(count.state().sentFiles()).isEqualTo(1);
        assertThat(count.state().receivedFiles()).isZero();
        assertThat(count.state().files()).isEqualTo(1);
        assertThat(count.state().bytes()).isEqualTo(25);

        count.received();
        assertThat(count.state().receivedFiles()).isEqualTo(1);
    }

    @Test
    void tellsOfALongFileUntilItIsWholeOrTheNextBegins() {
        count.established();
        count.moved(7);
        count.begun(Stage.RECEIVING, "long", LONG);
        count.moved(1000);
        assertThat(count.state().file()).contains(new LongFile("long", LONG, 1000));

        count.moved(LONG - 1000);
        assertThat(count.state().file()).isEmpty();

        count.begun(Stage.RECEIVING, "longer", LONG + 1);
        assertThat(count.state().file()).contains(new LongFile("longer", LONG + 1, 0));
        count.begun(Stage.RECEIVING, "short", 10);
        assertThat(count.state().file()).isEmpty();
    }
}
