package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sksync.cli.SksyncJar;

class ExitCodeTest {

    @Test
    void areWorseInADocumentedOrder() {
        assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::code))
                .containsExactly(0, 3, 11, 5, 8, 6, 1, 2, 129, 130, 143);
    }

    @Test
    void prefersTheWorseWhicheverComesFirst() {
        assertThat(ExitCode.NETWORK.worse(ExitCode.PATH)).isEqualTo(ExitCode.PATH);
        assertThat(ExitCode.PATH.worse(ExitCode.NETWORK)).isEqualTo(ExitCode.PATH);
        assertThat(ExitCode.PARTIAL.worse(ExitCode.ERROR)).isEqualTo(ExitCode.ERROR);
    }

    @ParameterizedTest
    @EnumSource
    void isNoWorseThanItself(ExitCode code) {
        assertThat(code.worse(code)).isEqualTo(code);
        assertThat(code.worse(ExitCode.DONE)).isEqualTo(code);
    }

    @ParameterizedTest
    @EnumSource
    void isFoundByItsNumber(ExitCode code) {
        assertThat(ExitCode.of(code.code())).contains(code);
    }

    @Test
    void knowsNoOtherNumbers() {
        assertThat(ExitCode.of(77)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void isDescribedInTheManualInItsOwnWords(ExitCode code) throws IOException {
        assertThat(Files.readString(SksyncJar.ROOT.resolve("docs/output.md")))
                .contains("\n| " + code.code() + " | `" + code.token() + "` | " + code.meaning());
    }
}
