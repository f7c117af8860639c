package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sksync.client.report.SyncFailedException;
import org.sksync.config.ConfigException;

class AttemptTest {

    private final StringWriter err = new StringWriter();
    private final Terminal terminal = new Terminal(
            new PrintWriter(new StringWriter()), new PrintWriter(err), Optional.empty(), Display.plain(false));

    private void assertEnds(ExitCode code, String told, Attempt.Work work) {
        assertThat(Attempt.at(terminal, work)).isEqualTo(code.code());
        assertThat(err.toString()).isEqualToIgnoringNewLines(told);
    }

    @ParameterizedTest
    @EnumSource
    void endsAsTheWorkDid(ExitCode code) {
        assertEnds(code, "", () -> code);
    }

    @ParameterizedTest
    @EnumSource
    void endsAsAFailureSays(ExitCode code) {
        assertEnds(code, "error: no", () -> {
            throw new CommandFailure(code, "no");
        });
    }

    @Test
    void endsWithUsageWhereTheConfigurationIsWrong() {
        assertEnds(ExitCode.USAGE, "error: no", () -> {
            throw new ConfigException("no");
        });
    }

    @ParameterizedTest
    @EnumSource
    void endsAsASyncFailed(SyncFailedException.Kind kind) {
        assertEnds(ExitCode.of(kind), "error: no", () -> {
            throw new SyncFailedException(kind, "no", null);
        });
    }

    @Test
    void endsWithAnErrorWhereTheDiskRefusesAndSaysWhatThatMeans() {
        int exitCode = Attempt.at(terminal, "the file can't be written", () -> {
            throw new IOException("no");
        });

        assertThat(exitCode).isEqualTo(ExitCode.ERROR.code());
        assertThat(err.toString())
                .startsWith("error: the file can't be written: ")
                .hasLineCount(1);
    }

    @Test
    void endsInterruptedAndKeepsThatInMind() {
        assertEnds(ExitCode.INTERRUPTED, "", () -> {
            throw new InterruptedException();
        });
        assertThat(Thread.interrupted()).isTrue();
    }
}
