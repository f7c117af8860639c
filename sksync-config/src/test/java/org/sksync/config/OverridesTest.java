package org.sksync.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OverridesTest {

    private static final String FILE = """
            {"modify_window": 5,
             "clients": {"home": {"server_path": "/srv/x", "client_path": "x", "recursive": true, "username": "ann"}}}""";

    @TempDir
    private Path directory;

    private ClientProfile profile(String... words) throws Exception {
        return ConfigFile.of(directory, FILE).read().profile("home", Overrides.of(List.of(words)));
    }

    private String refusal(String... words) {
        return assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> profile(words))
                .actual()
                .getMessage();
    }

    @Test
    void winOverTheProfileAndTheTopLevel() throws Exception {
        ClientProfile profile = profile(
                "recursive=false",
                "modify_window=2",
                "server_path=/srv/a=b",
                "client_path=other place",
                "username=null",
                "filter_fnmatch_exclude=[\"*.tmp\", \"a b\"]");

        assertThat(profile.recursive()).isFalse();
        assertThat(profile.modifyWindow()).isEqualTo(Duration.ofSeconds(2));
        assertThat(profile.serverPath()).isEqualTo("/srv/a=b");
        assertThat(profile.clientPath()).isEqualTo(Path.of("other place"));
        assertThat(profile.username()).isEmpty();
        assertThat(profile.excludePatterns()).containsExactly("*.tmp", "a b");
    }

    @Test
    void leaveEveryOtherKeyAsItIs() throws Exception {
        ClientProfile profile = profile("modify_window=2", "modify_window=3");

        assertThat(profile.modifyWindow()).isEqualTo(Duration.ofSeconds(3));
        assertThat(profile.recursive()).isTrue();
        assertThat(ConfigFile.of(directory, FILE).read().profile("home", Overrides.NONE))
                .isEqualTo(ConfigFile.of(directory, FILE).read().profile("home"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "modify_window=soon | --set modify_window is \"soon\", but must be a whole number from 1 to 3600",
                "recursive=maybe    | --set recursive is \"maybe\", but must be true or false",
                "server_path=5      | --set server_path is 5, but must be a text",
                "filter_fnmatch_exclude=[1] | --set filter_fnmatch_exclude[0] is 1, but must be a text",
                "filter_fnmatch_exclude=*.tmp | --set filter_fnmatch_exclude is \"*.tmp\", but must be a list",
                "sync_type=both     | --set sync_type is \"both\", but must be one of",
                "recursiv=true      | --set: the key \"recursiv\" is not known in a profile; the nearest known key is \"recursive\"",
                "recursive          | --set recursive has no value; write --set KEY=VALUE",
                "=true              | --set =true has no value",
            })
    void areRefusedInWordsThatNameTheOption(String word, String sentence) {
        assertThat(refusal(word)).startsWith(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"modify_window=soon", "recursive=maybe", "sync_type=both"})
    void areRefusedWithoutAdviceThatIsForTheFile(String word) {
        assertThat(refusal(word)).doesNotContain("quotes");
    }

    @Test
    void takeNoPasswordAndDoNotRepeatIt() {
        assertThat(refusal("password=hunter2"))
                .contains("--set takes no password", "in the configuration")
                .doesNotContain("hunter2");
    }

    @Test
    void leaveAMistakeOfTheFileToTheFile() {
        assertThat(refusal("server_path=null")).startsWith("--set server_path is missing");
        assertThat(assertThatExceptionOfType(ConfigException.class)
                        .isThrownBy(() -> ConfigFile.of(directory, "{\"clients\": {\"home\": {}}}")
                                .read()
                                .profile("home", Overrides.of(List.of("recursive=true"))))
                        .actual())
                .hasMessageContaining("sksync.json, line 1: clients.home.server_path is missing");
    }
}
