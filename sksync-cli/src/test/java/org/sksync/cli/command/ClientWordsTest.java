package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ClientWordsTest {

    private static final Terminals NOBODY = display -> new Terminal(
            new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()), Optional.empty(), display);

    private static List<String> words(String text) {
        return List.of(text.split(" ", -1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client",
                "client photos",
                "client photos music",
                "client photos -c my.json",
                "client -c my.json photos music",
                "client photos --config dir/my.json --debug",
                "client --debug photos",
                "client client help server",
                "client a=b",
                "sync",
                "sync photos music -c my.json",
                "sync --all",
                "sync --all --set recursive=true -c my.json --set x=[1]",
                "sync --set recursive photos",
                "client @words",
                "client -c @words photos",
                "sync --set @words photos",
                "sync -q photos",
                "sync photos --quiet --json",
                "sync -v photos",
                "client photos --verbose --json --debug",
            })
    void readsUsualWordsAsPicocliDoes(String text) {
        ClientCommand expected = new ClientCommand(NOBODY);
        new CommandLine(expected)
                .setExpandAtFiles(false)
                .parseArgs(words(text).stream().skip(1).toArray(String[]::new));

        ClientCommand read = ClientWords.read(words(text), NOBODY).orElseThrow();

        assertThat(read.names()).isEqualTo(expected.names());
        assertThat(read.common().file()).isEqualTo(expected.common().file());
        assertThat(read.display()).isEqualTo(expected.display());
        assertThat(read.all()).isEqualTo(expected.all());
        assertThat(read.set()).isEqualTo(expected.set());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client --help",
                "client -V",
                "client photos -h",
                "client photos -c",
                "client photos -c --debug",
                "client photos -c a -c b",
                "client photos --config=my.json",
                "client photos -cmy.json",
                "client --debug --debug",
                "client -- photos",
                "client photos --bogus",
                "client ",
                "client -c  photos",
                "sync -q -v photos",
                "sync -q --quiet photos",
                "sync -qv photos",
                "sync --set=a=b photos",
                "sync --set",
                "sync photos --set --all",
                "sync --json --json photos",
                "sync --color never photos",
                "sync --all --all",
            })
    void leavesUnusualAndWrongWordsToPicocli(String text) {
        assertThat(ClientWords.read(words(text), NOBODY)).isEmpty();
    }

    @Test
    void leavesOtherCommandsToPicocli() {
        assertThat(ClientWords.read(List.of(), NOBODY)).isEmpty();
        assertThat(ClientWords.read(Arrays.asList("server", "client"), NOBODY)).isEmpty();
    }
}
