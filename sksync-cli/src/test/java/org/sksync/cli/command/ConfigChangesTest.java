package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sksync.config.ConfigReader;
import org.sksync.config.ServerSettings;
import org.sksync.files.store.GuardedFiles;

class ConfigChangesTest {

    private static final String ANN = "\"ann\": {\"authsrp\": [\"cf78a7a5\", \"7443\"]}";
    private static final String BOB = "\"bob\": {\"authsrp\": [\"cf78a7a6\", \"7444\"]}";

    @TempDir
    private Path here;

    private DaemonConfig config(String json) throws Exception {
        ListenAddress address = new ListenAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return new DaemonSetup(here.resolve("sksync.json"), address, Clock.systemUTC())
                .first(settings(json), GuardedFiles.NONE, keyFile -> new char[0]);
    }

    private ServerSettings settings(String json) throws Exception {
        return ConfigReader.read(write(json)).server();
    }

    private Path write(String json) throws IOException {
        Path file = Files.writeString(here.resolve("sksync.json"), json);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private List<String> between(String before, String now) throws Exception {
        return ConfigChanges.between(config(before), config(now));
    }

    private static String users(String... users) {
        return "{\"users\": {" + String.join(", ", users) + "}}";
    }

    @Test
    void findsNothingWhereOnlyTheFormOfTheFileDiffers() throws Exception {
        assertThat(between(users(ANN, BOB), users(BOB, ANN) + " // of the club"))
                .isEmpty();
    }

    @Test
    void countsUsersAndTellsNoneOfTheirSecrets() throws Exception {
        assertThat(between(users(ANN), users(ANN, BOB))).containsExactly("users +1 -0");
        assertThat(between(users(ANN), users(BOB))).containsExactly("users +1 -1");
        assertThat(between(users(ANN), users(ANN.replace("7443", "7445")))).containsExactly("users +0 -0 changed 1");
        assertThat(between(users(ANN), users(ANN.replace("]}", "], \"rights\": {\"/a\": \"read\"}}"))))
                .containsExactly("users +0 -0 changed 1");
    }

    @Test
    void countsDirectories() throws Exception {
        String one = "{\"server_dir_whitelist\": [\"/a\", \"/b\"]}";

        assertThat(between(one, "{\"server_dir_whitelist\": [\"/a\", \"/c\", \"/d\"]}"))
                .containsExactly("server_dir_whitelist +2 -1");
        assertThat(between(one, "{\"server_dir_whitelist\": [\"/b\", \"/a\"]}"))
                .containsExactly("server_dir_whitelist in another order");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"server_dir_whitelist_policy\": \"silent\" | server_dir_whitelist_policy",
                "\"rights\": {\"/a\": \"read\"} | rights",
                "\"require_auth\": false | require_auth",
                "\"filter_fnmatch_exclude\": [\"*.bak\"] | filter_fnmatch_exclude",
                "\"modify_window\": 2 | modify_window",
                "\"ignore_time_errors\": true | ignore_time_errors",
                "\"refuse_future_times\": true | refuse_future_times",
                "\"keep_replaced_days\": 3 | keep_replaced",
                "\"fsync\": \"off\" | fsync",
                "\"max_connections\": 3 | limits"
            })
    void namesTheKeysOfWhatElseDiffers(String member, String key) throws Exception {
        assertThat(between("{}", "{" + member + "}")).containsExactly(key);
    }

    @Test
    void namesWhatTakesARestart() throws Exception {
        assertThat(ConfigChanges.restartNeeded(
                        settings("{}"),
                        settings("{\"host\": \"::1\", \"port\": 1, \"debug\": true, \"ssdp_advertise\": true}")))
                .containsExactly("host", "port", "debug", "ssdp_advertise");
        assertThat(between("{}", "{\"host\": \"::1\", \"port\": 1}")).isEmpty();
    }

    @Test
    void looksAtAllThatTheSettingsHave() {
        Set<String> settings = new TreeSet<>();
        Arrays.stream(ServerSettings.class.getRecordComponents())
                .map(RecordComponent::getName)
                .forEach(settings::add);
        // Users and directories are counted rather than compared as a whole.
        settings.removeAll(Set.of("users", "access", "allowedRoots"));

        assertThat(ConfigChanges.compared()).hasSize(settings.size());
    }
}
