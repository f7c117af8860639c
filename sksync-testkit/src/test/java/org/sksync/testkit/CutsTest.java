package org.sksync.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CutsTest {
    private final byte[] message = new byte[3000];

    CutsTest() {
        new Random(1).nextBytes(message);
    }

    @Test
    void wholeIsOnePiece() {
        assertThat(Cuts.WHOLE.cut(message)).containsExactly(message);
        assertThat(Cuts.WHOLE.cut(new byte[0])).isEmpty();
    }

    @Test
    void byteByByteIsOnePieceForEachByte() {
        assertThat(Cuts.BYTE_BY_BYTE.cut(message)).hasSize(message.length);
        assertThat(joined(Cuts.BYTE_BY_BYTE.cut(message))).isEqualTo(message);
    }

    @Test
    void atOnePlaceIsTwoPiecesOfWhatIsLonger() {
        assertThat(Cuts.at(1000).cut(message)).hasSize(2);
        assertThat(lengths(Cuts.at(1000))).containsExactly(1000, 2000);
        assertThat(joined(Cuts.at(1000).cut(message))).isEqualTo(message);
        assertThat(Cuts.at(3000).cut(message)).containsExactly(message);
        assertThatThrownBy(() -> Cuts.at(0)).hasMessage("firstBytes: 0 (expected: 1 or more)");
    }

    @Test
    void randomPiecesAreNotEmptyAndJoinToTheMessage() {
        LongStream.range(0, 200).forEach(seed -> {
            List<byte[]> pieces = Cuts.random(seed).cut(message);

            assertThat(pieces).allSatisfy(piece -> assertThat(piece).isNotEmpty());
            assertThat(joined(pieces)).as("seed %d", seed).isEqualTo(message);
        });
    }

    @Test
    void randomCutsRepeatWithTheirSeedAndShowIt() {
        assertThat(lengths(Cuts.random(5))).isEqualTo(lengths(Cuts.random(5))).isNotEqualTo(lengths(Cuts.random(6)));
        assertThat(Cuts.random(5)).hasToString("random cuts, seed 5");
    }

    private List<Integer> lengths(Cuts cuts) {
        return cuts.cut(message).stream().map(piece -> piece.length).toList();
    }

    private static byte[] joined(List<byte[]> pieces) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        pieces.forEach(joined::writeBytes);
        return joined.toByteArray();
    }
}
