package org.sksync.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes as a sksync.json: settings, or one sentence about what is wrong that is fit for a terminal. */
class ConfigReaderFuzzTest {

    private static final Path FILE = ConfigSeeds.memory().getPath("sksync.json");

    /** One question to a configuration. */
    private interface Question {
        Object ask() throws ConfigException;
    }

    static Stream<byte[]> files() {
        return ConfigSeeds.all();
    }

    @MethodSource("files")
    @FuzzTest
    void readsOrSaysWhatIsWrong(byte[] bytes) throws Exception {
        Files.write(FILE, bytes);
        SkSyncConfig config;
        try {
            config = ConfigReader.read(FILE);
        } catch (ConfigException e) {
            assertReadable(e.getMessage());
            return;
        }
        config.warnings().forEach(ConfigReaderFuzzTest::assertReadable);
        check(config::debug);
        check(config::server);
        check(() -> config.profile("no such profile"));
        for (String name : config.profileNames()) {
            check(() -> config.profile(name));
        }
    }

    private static void check(Question question) {
        try {
            assertThat(question.ask()).isNotNull();
        } catch (ConfigException e) {
            assertReadable(e.getMessage());
        }
    }

    private static void assertReadable(String sentence) {
        assertThat(sentence.isBlank() || sentence.chars().anyMatch(Character::isISOControl))
                .as(sentence)
                .isFalse();
    }
}
