package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.cli.command.Display.Coloring;
import org.sksync.cli.command.Display.Format;
import org.sksync.cli.command.Display.Verbosity;
import org.sksync.config.ConfigReader;
import org.sksync.config.KnownServers;
import org.sksync.files.scan.SkipReason;
import org.sksync.files.scan.SkippedFile;

class ProgressLineTest {

    private static final long SECOND = 1_000_000_000;

    private final StringWriter out = new StringWriter();
    private final AtomicLong clock = new AtomicLong(7 * SECOND);

    @TempDir
    private Path here;

    private ProgressLine line(Verbosity verbosity) throws Exception {
        Path file = Files.writeString(
                here.resolve("sksync.json"),
                "{\"clients\": {\"p\": {\"server_path\": \"/s\", \"client_path\": \"/c\","
                        + " \"sync_type\": \"to_server_use_time\"}}}");
        Terminal terminal = new Terminal(
                new PrintWriter(out),
                new PrintWriter(new StringWriter()),
                Optional.empty(),
                new Display(Format.TEXT, verbosity, Coloring.NEVER, false));
        return new ProgressLine(ConfigReader.read(file).profile("p"), KnownServers.beside(file), terminal, clock::get);
    }

    @Test
    void tellsOfEachFileWhereThatIsAskedFor() throws Exception {
        ProgressLine line = line(Verbosity.VERBOSE);

        line.sent("a", 1);
        line.received("b/c", 2);
        line.skipped(new SkippedFile("d", SkipReason.PERMISSION, "permission denied"));

        assertThat(out.toString().lines()).containsExactly("sent a", "received b/c", "skipped d: permission denied");
    }

    @Test
    void onlyCountsOtherwise() throws Exception {
        ProgressLine line = line(Verbosity.NORMAL);

        line.sent("a", 1);
        line.skipped(new SkippedFile("d", SkipReason.PERMISSION, "permission denied"));

        assertThat(out.toString()).isEmpty();
        assertThat(line.text().state().sentFiles()).isEqualTo(1);
        assertThat(line.show()).isEmpty();
    }

    @Test
    void measuresFromTheFirstFileOn() throws Exception {
        ProgressLine line = line(Verbosity.NORMAL);
        line.established(Optional.empty());
        clock.addAndGet(5 * SECOND);
        assertThat(line.text().line(200)).isEqualTo("p: comparing");

        line.sendsAtMost(4, 40_000_000);
        line.going("a", 10_000_000);
        line.moved(10_000_000);
        line.sent("a", 10_000_000);
        clock.addAndGet(2 * SECOND);

        assertThat(line.text().line(200))
                .isEqualTo("p: 1 of at most 4 files sent, 10.0 of 40.0 MB, 5.0 MB/s, at most 6 s left");
        assertThat(line.text().json().toString()).contains("\"seconds\":7.0,");
    }
}
