package org.sksync.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientProfileTest {

    private static final String PATHS = "\"server_path\": \"/srv/x\", \"client_path\": \"x\"";

    @TempDir
    private Path directory;

    private ClientProfile profile(String top, String own) throws IOException, ConfigException {
        return ConfigFile.of(directory, file(top, own)).read().profile("home");
    }

    private static String file(String top, String own) {
        return "{" + top + (top.isEmpty() ? "" : ",") + "\n\"clients\": {\"home\": {" + PATHS
                + (own.isEmpty() ? "" : ",\n") + own + "}}}";
    }

    private String refusal(String content) throws IOException {
        ConfigFile file = ConfigFile.of(directory, content);
        Throwable refused = assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> file.read().profile("home"))
                .actual();
        assertThat(refused.getMessage()).startsWith(file.path().toString()).doesNotContain("\n");
        return refused.getMessage().substring(file.path().toString().length());
    }

    @Test
    void hasDefaults() throws Exception {
        ClientProfile profile = profile("", "");

        assertThat(profile.name()).isEqualTo("home");
        assertThat(profile.host()).isEqualTo("localhost");
        assertThat(profile.port()).isEqualTo(23456);
        assertThat(profile.serverPath()).isEqualTo("/srv/x");
        assertThat(profile.clientPath()).isEqualTo(Path.of("x"));
        assertThat(profile.recursive()).isFalse();
        assertThat(profile.syncType()).isEqualTo(ProfileSyncType.FROM_SERVER_USE_TIME);
        assertThat(profile.sksync1Compat()).isFalse();
        assertThat(profile.useSsl()).isFalse();
        assertThat(profile.tls().serverCertificate()).isEmpty();
        assertThat(profile.tls().clientCertificate()).isEmpty();
        assertThat(profile.username()).isEmpty();
        assertThat(profile.password()).isEmpty();
        assertThat(profile.excludePatterns()).isEmpty();
        assertThat(profile.modifyWindow()).isEqualTo(Duration.ofSeconds(1));
        assertThat(profile.ignoreTimeErrors()).isFalse();
        assertThat(profile.debug()).isFalse();
    }

    @Test
    void hasALimitOfItsOwnOrThatOfTheFile() throws Exception {
        assertThat(profile("", "").bandwidth()).isEmpty();
        assertThat(profile("\"bwlimit\": \"1M\"", "").bandwidth()).contains(BandwidthTimetable.parse("1M"));
        assertThat(profile("\"bwlimit\": \"1M\"", "\"bwlimit\": \"08:00,2M 20:00,off\"")
                        .bandwidth())
                .contains(BandwidthTimetable.parse("08:00,2M 20:00,off"));
        assertThat(profile("\"bwlimit\": \"1M\"", "\"bwlimit\": null").bandwidth())
                .isEmpty();
    }

    @Test
    void refusesALimitThatIsNone() throws Exception {
        assertThat(refusal(file("", "\"bwlimit\": \"fast\"")))
                .startsWith(", line 3: clients.home.bwlimit: \"fast\" is no limit; it must be");
        assertThat(refusal(file("", "\"bwlimit\": 512"))).contains("clients.home.bwlimit is 512, but must be a text");
    }

    private static final String TOP = """
            "host": "top", "port": 1, "use_ssl": true, "ssl_server_certfile": "top-s",
            "ssl_client_certfile": "top-c", "ssl_client_keyfile": "top-k", "username": "top-u", "password": "top-p",
            "filter_fnmatch_exclude": ["top"], "modify_window": 10, "ignore_time_errors": true, "debug": true""";

    @Test
    void takesTheTopLevelForWhatItDoesNotSay() throws Exception {
        ClientProfile profile = profile(TOP, "");

        assertThat(profile.host()).isEqualTo("top");
        assertThat(profile.port()).isEqualTo(1);
        assertThat(profile.useSsl()).isTrue();
        assertThat(profile.tls().serverCertificate()).contains(Path.of("top-s"));
        assertThat(profile.tls().clientCertificate()).contains(Path.of("top-c"));
        assertThat(profile.tls().clientKey()).contains(Path.of("top-k"));
        assertThat(profile.username()).contains("top-u");
        assertThat(profile.password()).contains(new Secret("top-p"));
        assertThat(profile.excludePatterns()).containsExactly("top");
        assertThat(profile.modifyWindow()).isEqualTo(Duration.ofSeconds(10));
        assertThat(profile.ignoreTimeErrors()).isTrue();
        assertThat(profile.debug()).isTrue();
    }

    @Test
    void winsOverTheTopLevelInEveryKey() throws Exception {
        ClientProfile profile = profile(TOP, """
                "host": "own", "port": 2, "use_ssl": false, "ssl_server_certfile": "own-s",
                "ssl_client_certfile": "own-c", "ssl_client_keyfile": "own-k", "username": "own-u",
                "password": "own-p", "filter_fnmatch_exclude": [], "modify_window": 20,
                "ignore_time_errors": false, "debug": false""");

        assertThat(profile.host()).isEqualTo("own");
        assertThat(profile.port()).isEqualTo(2);
        assertThat(profile.useSsl()).isFalse();
        assertThat(profile.tls().serverCertificate()).contains(Path.of("own-s"));
        assertThat(profile.tls().clientCertificate()).contains(Path.of("own-c"));
        assertThat(profile.tls().clientKey()).contains(Path.of("own-k"));
        assertThat(profile.username()).contains("own-u");
        assertThat(profile.password()).contains(new Secret("own-p"));
        assertThat(profile.excludePatterns()).isEmpty();
        assertThat(profile.modifyWindow()).isEqualTo(Duration.ofSeconds(20));
        assertThat(profile.ignoreTimeErrors()).isFalse();
        assertThat(profile.debug()).isFalse();
    }

    @Test
    void unsetsWithNullWhatTheTopLevelSays() throws Exception {
        ClientProfile profile = profile(TOP, """
                "host": null, "use_ssl": null, "ssl_server_certfile": null, "ssl_client_certfile": null,
                "ssl_client_keyfile": null, "username": null, "sksync1_compat": true""");

        assertThat(profile.host()).isEqualTo("localhost");
        assertThat(profile.sksync1Compat()).isTrue();
        assertThat(profile.useSsl()).isFalse();
        assertThat(profile.tls().serverCertificate()).isEmpty();
        assertThat(profile.tls().clientCertificate()).isEmpty();
        assertThat(profile.username()).isEmpty();
        assertThat(profile.password()).isEmpty();
    }

    @Test
    void meansLocalhostByTheWildcardAddress() throws Exception {
        assertThat(profile("\"host\": \"x\"", "\"host\": \"0.0.0.0\"").host()).isEqualTo("localhost");
    }

    @Test
    void presentsTheFileOfAKeyThatStandsAlone() throws Exception {
        ClientProfile profile = profile("", "\"ssl_client_keyfile\": \"both.pem\"");

        assertThat(profile.tls().clientCertificate()).contains(Path.of("both.pem"));
        assertThat(profile.tls().clientKey()).contains(Path.of("both.pem"));
    }

    @ParameterizedTest
    @EnumSource(ProfileSyncType.class)
    void takesEverySyncTypeByName(ProfileSyncType type) throws Exception {
        assertThat(profile("", "\"sync_type\": \"" + type.token() + "\"").syncType())
                .isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | bidirectional_use_time",
                "1\\n | to_server_use_time",
                "2\\n | from_server_use_time",
                "3 | bidirectional_no_time",
                "4\\n | to_server_no_time",
                "5 | from_server_no_time",
            })
    void takesTheDigitsThatPysksyncWantsInItsFile(String written, String token) throws Exception {
        assertThat(profile("", "\"sync_type\": \"" + written + "\"").syncType().token())
                .isEqualTo(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"6\"", "\"\"", "\"\\n\"", "\"1\\n\\n\"", "2", "\"From_Server_Use_Time\"", "[]", "true"})
    void refusesAnyOtherSyncType(String written) throws Exception {
        assertThat(refusal(file("", "\"sync_type\": " + written)))
                .startsWith(", line 3: clients.home.sync_type is ")
                .contains(", but must be ");
    }

    @Test
    void namesTheSyncTypesWhenItRefusesOne() throws Exception {
        assertThat(refusal(file("", "\"sync_type\": \"both\"")))
                .endsWith("clients.home.sync_type is \"both\", but must be one of bidirectional_use_time,"
                        + " to_server_use_time, from_server_use_time, bidirectional_no_time, to_server_no_time,"
                        + " from_server_no_time, in quotes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"port\": 0 | port is 0, but must be a whole number from 1 to 65535, without quotes",
                "\"port\": \"x\" | port is \"x\", but must be a whole number from 1 to 65535, without quotes",
                "\"recursive\": \"yes\" | recursive is \"yes\", but must be true or false, without quotes",
                "\"sksync1_compat\": 1 | sksync1_compat is 1, but must be true or false",
                "\"username\": 1 | username is 1, but must be a text",
                "\"username\": \"a\\nb\" | username is \"a\\u000ab\", but must be a text in quotes, without control",
                "\"username\": \"\\ud800\" | username is \"\\ud800\", but must be a name of 1 to 255 bytes in UTF-8",
                "\"server_path\": \"/a\\nb\" | server_path is \"/a\\u000ab\", but must be a text in quotes, without",
                "\"client_path\": \"a\\nb\" | client_path is \"a\\u000ab\", but must be a text in quotes, without",
                "\"modify_window\": 1.5 | modify_window is 1.5, but must be a whole number from 1 to 3600",
                "\"filter_fnmatch_exclude\": \"*.x\" | filter_fnmatch_exclude is \"*.x\", but must be a list of texts",
                "\"debug\": \"x\" | debug is \"x\", but must be true or false",
            })
    void refusesWrongValueAndNamesLineKeyAndWhatIsExpected(String member, String message) throws Exception {
        assertThat(refusal(file("", member))).startsWith(", line 3: clients.home." + message);
    }

    @Test
    void namesTheTopLevelKeyWhenThatIsWrong() throws Exception {
        assertThat(refusal(file("\"port\": 0", ""))).startsWith(", line 1: port is 0, but must be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"server_path", "client_path"})
    void refusesProfileWithoutPath(String key) throws Exception {
        String content = "{\"clients\":\n{\"home\": {" + PATHS.replace(key, "x_path") + "}}}";

        assertThat(refusal(content)).startsWith(", line 2: clients.home." + key + " is missing; name the directory ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"server_path", "client_path"})
    void refusesProfileWithEmptyPath(String key) throws Exception {
        String content = "{\"clients\": {\"home\": {" + PATHS + ",\n\"" + key + "\": \"\"}}}";

        assertThat(refusal(content)).startsWith(", line 2: clients.home." + key + " is missing; name the directory ");
    }

    @Nested
    class Login {

        @Test
        void takesPasswordOfAUserName() throws Exception {
            ClientProfile profile = profile("\"username\": \"bob\"", "\"password\": \"hunter2\"");

            assertThat(profile.password().orElseThrow().reveal()).isEqualTo("hunter2");
        }

        @Test
        void leavesAMissingPasswordToBeAskedFor() throws Exception {
            ClientProfile profile = profile("\"username\": \"bob\"", "");

            assertThat(profile.username()).contains("bob");
            assertThat(profile.password()).isEmpty();
        }

        @Test
        void isRefusedWithAPasswordAlone() throws Exception {
            assertThat(refusal(file("", "\"password\": \"hunter2\"")))
                    .isEqualTo(", line 3: clients.home.password is of no use without a user name; set \"username\" too,"
                            + " or remove the password");
        }

        @ParameterizedTest
        @ValueSource(strings = {"12345", "[\"12345\"]", "{\"12345\": 1}", "true"})
        void isRefusedWithAPasswordThatIsNoTextAndDoesNotShowIt(String password) throws Exception {
            assertThat(refusal(file("\"username\": \"bob\"", "\"password\": " + password)))
                    .startsWith(", line 3: clients.home.password is ")
                    .endsWith(", but must be a text in quotes")
                    .doesNotContain("12345");
        }

        @Test
        void isNotShownWhenTheProfileIsPrinted() throws Exception {
            assertThat(profile("\"username\": \"bob\"", "\"password\": \"hunter2\"")
                            .toString())
                    .contains("bob")
                    .doesNotContain("hunter2");
        }
    }

    @Nested
    class Compatibility {

        @Test
        void isTakenFromTheTopLevel() throws Exception {
            assertThat(profile("\"sksync1_compat\": true", "").sksync1Compat()).isTrue();
        }

        @Test
        void isRefusedWithTls() throws Exception {
            assertThat(refusal(file("\"use_ssl\": true", "\"sksync1_compat\": true")))
                    .isEqualTo(", line 1: use_ssl can't be used together with \"sksync1_compat\", because SK Sync 1"
                            + " can't speak TLS; set it to false or leave SK Sync 1");
        }

        @Test
        void isRefusedWithUserName() throws Exception {
            assertThat(refusal(file("\"sksync1_compat\": true", "\"username\": \"bob\"")))
                    .startsWith(", line 3: clients.home.username can't be used together with \"sksync1_compat\","
                            + " because SK Sync 1 has no login;");
        }
    }

    @Nested
    class Names {

        @Test
        void includeTheOlderForm() throws Exception {
            SkSyncConfig config =
                    ConfigFile.of(directory, "{\"client\": {" + PATHS + "}}").read();

            assertThat(config.profile("client").serverPath()).isEqualTo("/srv/x");
            assertThat(config.warnings()).isEmpty();
        }

        @Test
        void preferTheNewerFormWithAWarning() throws Exception {
            SkSyncConfig config = ConfigFile.of(directory, """
                    {"client": {"server_path": "/old", "client_path": "x"},
                     "clients": {"client": {"server_path": "/new", "client_path": "x"}}}""").read();

            assertThat(config.profile("client").serverPath()).isEqualTo("/new");
            assertThat(config.warnings())
                    .singleElement()
                    .asString()
                    .contains("the key \"client\" has no effect beside \"clients.client\"");
        }

        @Test
        void areListedWhenNoneIsMeant() throws Exception {
            SkSyncConfig config = ConfigFile.of(directory, "{\"clients\": {\"a\": {}, \"b\": {}}}")
                    .read();

            assertThatExceptionOfType(ConfigException.class)
                    .isThrownBy(() -> config.profile("c"))
                    .withMessageEndingWith(": there is no client profile \"c\"; choose one of \"a\", \"b\"");
        }

        @Test
        void areAskedForByTheNearestNamesBeforeTheyAreListed() throws Exception {
            SkSyncConfig config = ConfigFile.of(
                            directory, "{\"clients\": {\"notes\": {}, \"music\": {}, \"votes\": {}}}")
                    .read();

            assertThatExceptionOfType(ConfigException.class)
                    .isThrownBy(() -> config.profile("nots"))
                    .withMessageEndingWith(": there is no client profile \"nots\"; did you mean \"notes\"? There are"
                            + " \"notes\", \"music\", \"votes\"");
        }

        @Test
        void areMissedWithAHintWhereThereAreNone() throws Exception {
            SkSyncConfig config = ConfigFile.of(directory, "{}").read();

            assertThatExceptionOfType(ConfigException.class)
                    .isThrownBy(() -> config.profile("c"))
                    .withMessageEndingWith(": there is no client profile \"c\"; there is none at all, so write one"
                            + " under \"clients\"");
        }
    }

    @Test
    void isNotRefusedBecauseOfTheServersKeys() throws Exception {
        ClientProfile profile = profile("""
                "server_dir_whitelist": 1, "server_dir_whitelist_policy": "x", "require_auth": 1, "users": [],
                "ssdp_advertise": 2""", "");

        assertThat(profile.host()).isEqualTo("localhost");
    }

    @Test
    void usesTlsWithoutAnyCertificate() throws Exception {
        assertThat(profile("\"use_ssl\": true", "").useSsl()).isTrue();
    }
}
