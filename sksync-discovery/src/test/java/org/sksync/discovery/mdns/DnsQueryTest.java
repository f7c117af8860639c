package org.sksync.discovery.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.discovery.mdns.DnsQuery.Question;

class DnsQueryTest {

    private static final byte[] KNOWN = Queries.bytes("0000 0000 0001 0001 0000 0000" + Queries.SERVICE + "000c 0001"
            + "c00c 000c 0001 00001194 0007" + Queries.text("Desk") + "c00c");

    @Test
    void readsAQuestionWhateverTheCaseOfItsName() {
        byte[] query = Queries.question(
                Queries.text("_SKSync") + Queries.text("_tcp") + Queries.text("LOCAL") + "00", RecordType.PTR);

        assertThat(DnsQuery.read(query).orElseThrow().questions())
                .containsExactly(new Question("_sksync._tcp.local", RecordType.PTR));
    }

    @Test
    void readsAQuestionThatWantsItsAnswerForItselfAndOneOfEveryClass() {
        for (String ofClass : new String[] {"8001", "00ff"}) {
            byte[] query = Queries.bytes(Queries.HEADER_OF_ONE + Queries.SERVICE + "000c" + ofClass);

            assertThat(DnsQuery.read(query).orElseThrow().questions()).hasSize(1);
        }
    }

    @Test
    void passesOverQuestionsOfAnotherClass() {
        byte[] query = Queries.bytes(Queries.HEADER_OF_ONE + Queries.SERVICE + "000c 0003");

        assertThat(DnsQuery.read(query).orElseThrow().questions()).isEmpty();
    }

    @Test
    void readsWhatTheAskerKnows() {
        assertThat(DnsQuery.read(KNOWN).orElseThrow().known()).containsExactly("desk._sksync._tcp.local");
    }

    @Test
    void passesOverKnownAnswersThatSoonEnd() {
        byte[] soon = KNOWN.clone();
        int seconds = KNOWN.length - 11;
        soon[seconds] = 0x08;
        soon[seconds + 1] = (byte) 0xc9;

        assertThat(DnsQuery.read(soon).orElseThrow().known()).isEmpty();
    }

    @Test
    void refusesAQuestionCutOffAnywhere() {
        for (int length = 0; length < KNOWN.length; length++) {
            assertThat(DnsQuery.read(Arrays.copyOf(KNOWN, length)))
                    .as("%d bytes", length)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // a pointer to itself, to what follows, and round in a circle
                "0000 0000 0001 0000 0000 0000 c00c 000c 0001",
                "0000 0000 0001 0000 0000 0000 c010 000c 0001 00",
                "0000 0000 0001 0000 0000 0000 01 61 c00c 000c 0001",
                // a label of a kind that there is not
                "0000 0000 0001 0000 0000 0000 41 61 00 000c 0001",
                // an answer, and another operation
                "0000 8400 0000 0000 0000 0000",
                "0000 2800 0000 0000 0000 0000",
                // more questions than there are
                "0000 0000 ffff 0000 0000 0000 00 000c 0001",
            })
    void refusesWhatIsNoQuestion(String hex) {
        assertThat(DnsQuery.read(Queries.bytes(hex))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"16, true", "17, false"})
    void refusesANameOfManyPointers(int pointers, boolean read) {
        StringBuilder name = new StringBuilder("3f" + "00".repeat(63) + "00");
        int letters = 13;
        // The first label holds the end of a name, and pointers that each lead to the one before.
        for (int i = 0; i < pointers - 1; i++) {
            int target = i == 0 ? letters : letters + 1 + 2 * (i - 1);
            name.replace(2 + 2 + 4 * i, 2 + 2 + 4 * i + 4, "%04x".formatted(0xc000 | target));
        }
        int last = pointers == 1 ? letters : letters + 1 + 2 * (pointers - 2);
        String first = name + "000c0001";
        String second = "%04x".formatted(0xc000 | last) + "000c0001";
        byte[] query = Queries.bytes("0000 0000 0002 0000 0000 0000" + first + second);

        assertThat(DnsQuery.read(query).isPresent()).isEqualTo(read);
    }

    @Test
    void refusesMoreQuestionsThanAnybodyAsks() {
        String question = "00000c0001";

        assertThat(DnsQuery.read(Queries.bytes("0000 0000 0020 0000 0000 0000" + question.repeat(32))))
                .isPresent();
        assertThat(DnsQuery.read(Queries.bytes("0000 0000 0021 0000 0000 0000" + question.repeat(33))))
                .isEmpty();
    }

    @Test
    void refusesANameThatIsTooLong() {
        String label = Queries.text("x".repeat(63));

        assertThat(DnsQuery.read(Queries.question(label.repeat(3) + "00", RecordType.PTR)))
                .isPresent();
        assertThat(DnsQuery.read(Queries.question(label.repeat(4) + "00", RecordType.PTR)))
                .isEmpty();
    }

    @Test
    void refusesADatagramThatIsTooLong() {
        byte[] query = Queries.question(Queries.SERVICE, RecordType.PTR);

        assertThat(DnsQuery.read(Arrays.copyOf(query, 1472))).isPresent();
        assertThat(DnsQuery.read(Arrays.copyOf(query, 1473))).isEmpty();
    }
}
