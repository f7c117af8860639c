package org.sksync.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TranscriptsTest {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    static List<Transcript> all() {
        return Transcripts.all();
    }

    @Test
    void holdsSeventeenSessionsOfTheTwoLevelsThatClientsSpeak() {
        assertThat(Transcripts.all()).hasSize(17);
        assertThat(Transcripts.all()).extracting(Transcript::protocol).containsOnly("sksync 1", "pysksync 2");
        assertThat(Transcripts.all())
                .doesNotHaveDuplicates()
                .extracting(Transcript::exit)
                .containsOnly(0);
        assertThat(Transcripts.all()).filteredOn(Transcript::authenticated).hasSize(1);
        assertThat(Transcripts.all())
                .filteredOn(transcript -> !transcript.recursive())
                .hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("all")
    void clientGreetsWithTheLevelAndServerAnswers(Transcript transcript) {
        assertThat(Latin1.text(transcript.said(Side.CLIENT))).containsOnlyOnce(transcript.protocol() + "\n");
        assertThat(Latin1.text(transcript.said(Side.SERVER))).containsOnlyOnce("Protocol Established\n");
        assertThat(transcript.exchange().get(0).side()).isEqualTo(Side.CLIENT);
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyContentThatAServerGaveStandsInItsBytes(Transcript transcript) {
        byte[] said = transcript.said(Side.SERVER);

        transcript.clientAfter().forEach((name, file) -> {
            if (!file.equals(transcript.clientBefore().get(name))) {
                String header = file.mtimeSeconds() * 1000 + "\n" + file.length() + "\n";
                assertThat(Latin1.text(said)).contains(header + Latin1.text(file.content()));
            }
        });
    }

    @Test
    void contentIsOneByteForEachCharacterUpToFf() {
        TreeFile everyByte = session("sksync 1", "empty client receives a tree")
                .serverBefore()
                .get("sub/deep/c.bin");

        byte[] expected = new byte[256];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (byte) i;
        }
        assertThat(everyByte).isEqualTo(TreeFile.of(expected, 1_345_316_010));
    }

    @Test
    void nameInATreeIsTextAndOnTheWireBytesOfTheLevel() {
        String name = "test\u00fc \u20ac.txt";

        Transcript first = session("sksync 1", "names beyond ASCII");
        Transcript second = session("pysksync 2", "names beyond ASCII");

        assertThat(first.clientAfter()).containsKey(name);
        assertThat(second.clientAfter()).containsKey(name);
        assertThat(first.said(Side.SERVER)).containsSequence((name + "\n").getBytes(WINDOWS_1252));
        assertThat(second.said(Side.SERVER)).containsSequence((name + "\n").getBytes(UTF_8));
    }

    @Test
    void nameOutsideTheLevelIsInTheTreeAndNotOnTheWire() {
        Transcript transcript = session("sksync 1", "name outside cp1252 is skipped by the sender");

        assertThat(transcript.serverBefore()).containsOnlyKeys("plain", "test\u9152.txt");
        assertThat(transcript.clientAfter()).containsOnlyKeys("plain");
        assertThat(Latin1.text(transcript.said(Side.SERVER))).doesNotContain(".txt");
    }

    @Test
    void textIsNotTakenForBytes() {
        assertThatThrownBy(() -> Latin1.bytes("a\u20ac"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("character 1 is U+20AC");
        assertThat(Latin1.bytes("a\u0080\u00ff")).isEqualTo("a\u0080\u00ff".getBytes(ISO_8859_1));
    }

    @Test
    void treesCannotBeChangedAndBytesAreCopies() {
        Transcript transcript = Transcripts.all().get(0);
        byte[] greeting = transcript.exchange().get(0).bytes();
        greeting[0] = 'X';

        assertThat(transcript.exchange().get(0).bytes()[0]).isEqualTo((byte) 's');
        Map<String, TreeFile> tree = transcript.serverBefore();
        assertThatThrownBy(tree::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    private static Transcript session(String protocol, String name) {
        return Transcripts.all().stream()
                .filter(transcript ->
                        transcript.name().equals(name) && transcript.protocol().equals(protocol))
                .findFirst()
                .orElseThrow();
    }
}
