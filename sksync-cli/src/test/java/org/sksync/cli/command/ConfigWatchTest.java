package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.cli.command.ConfigWatch.Cause;

/** When files are read again, look by look. */
class ConfigWatchTest {

    @TempDir
    private Path here;

    private final List<Path> files = new ArrayList<>();
    private final List<Cause> readings = new ArrayList<>();
    private final ConfigWatch watch = new ConfigWatch(() -> List.copyOf(files), readings::add);

    private Path file;

    @BeforeEach
    void readOnce() throws IOException {
        file = Files.writeString(here.resolve("f"), "");
        files.add(file);
        watch.look();
        watch.look();
        assertThat(readings).as("what changed during the start").containsExactly(Cause.CHANGED);
        readings.clear();
    }

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void readsNothingWhileNothingChanges() {
        watch.look();
        watch.look();

        assertThat(readings).isEmpty();
    }

    @Test
    void readsAFileOnceItHasComeToRest() throws IOException {
        Files.writeString(file, "a");
        watch.look();
        Files.writeString(file, "ab");
        watch.look();
        assertThat(readings).as("still being written").isEmpty();

        watch.look();
        watch.look();

        assertThat(readings).containsExactly(Cause.CHANGED);
    }

    @Test
    void noticesWhatIsWrittenWhileItReads() throws IOException {
        ConfigWatch late = new ConfigWatch(() -> List.of(file), cause -> {
            readings.add(cause);
            if (readings.size() == 1) {
                write("written during the reading");
            }
        });
        late.look();
        late.look();

        late.look();
        late.look();

        assertThat(readings).hasSize(2);
        late.close();
    }

    private void write(String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void readsWhenAFileGoesAndWhenItComesBack() throws IOException {
        Files.delete(file);
        watch.look();
        watch.look();
        Files.writeString(file, "back");
        watch.look();
        watch.look();

        assertThat(readings).hasSize(2);
    }

    @Test
    void readsWhenAnotherFileBelongsToIt() throws IOException {
        files.add(Files.writeString(here.resolve("key"), "k"));
        watch.look();
        watch.look();
        watch.look();

        assertThat(readings).hasSize(1);
    }
}
