package org.sksync.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {

    @TempDir
    private Path directory;

    private SkSyncConfig read(String content) throws IOException, ConfigException {
        return ConfigFile.of(directory, content).read();
    }

    private String refusal(String content) throws IOException {
        ConfigFile file = ConfigFile.of(directory, content);
        Throwable refused = assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(file::read)
                .actual();
        assertThat(refused.getMessage()).startsWith(file.path().toString()).doesNotContain("\n");
        return refused.getMessage().substring(file.path().toString().length());
    }

    @Nested
    class Syntax {

        @Test
        void takesCommentsAndTrailingCommas() throws Exception {
            SkSyncConfig config = read("""
                    # written by hand
                    {
                        // the port of the phone
                        "port": 4000, /* not the usual one */
                        "filter_fnmatch_exclude": ["*.tmp", "Thumbs.db",],
                    }
                    # the end
                    """);

            assertThat(config.server().port()).isEqualTo(4000);
            assertThat(config.server().excludePatterns()).containsExactly("*.tmp", "Thumbs.db");
            assertThat(config.warnings()).isEmpty();
        }

        @Test
        void takesByteOrderMarkAndWindowsLineEnds() throws Exception {
            SkSyncConfig config = read("\uFEFF{\r\n\"host\": \"10.0.0.1\"\r\n}\r\n");

            assertThat(config.server().host()).isEqualTo("10.0.0.1");
        }

        @Test
        void takesTextOutsideAscii() throws Exception {
            SkSyncConfig config = read("""
                    {"clients": {"Küche": {"server_path": "/Bücher/\\u65e5", "client_path": "x"}}}""");

            assertThat(config.profile("Küche").serverPath()).isEqualTo("/Bücher/日");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{\\n\\n\"port\" 4000}| , line 3: this is not JSON at column 8;",
                    "{\\n\"port\": 40x00}| , line 2: this is not JSON at column",
                    "{\"port\": 4000,,}| , line 1: this is not JSON at column",
                    "{\"port\": [1,,2]}| , line 1: this is not JSON at column",
                    "{'port': 4000}| , line 1: this is not JSON at column 2;",
                    "{\"port\": NaN}| , line 1: this is not JSON at column",
                    "{\"port\": 4000| : the file ends in the middle of a value;",
                    "{\"port\": \"40| : the file ends in the middle of a value;",
                    "{\"port\": | : the file ends in the middle of a value;",
                    "{} {}| , line 1: there is more after the end of the outermost object;",
                    "{} x| , line 1: this is not JSON at column",
                    "[]| , line 1: the file must hold an object;",
                    "\\n\"text\"| , line 2: the file must hold an object;",
                    "# nothing\\n| : the file is empty,",
                })
        void refusesWhatIsNoJsonAndSaysWhere(String content, String message) throws Exception {
            assertThat(refusal(content.replace("\\n", "\n"))).startsWith(message);
        }

        @Test
        void refusesEmptyFile() throws Exception {
            assertThat(refusal("")).startsWith(": the file is empty, but must hold an object");
        }

        @Test
        void refusesBytesThatAreNotUtf8() throws Exception {
            Path file = directory.resolve("latin1.json");
            Files.write(file, "{\"host\": \"Küche\"}".getBytes(StandardCharsets.ISO_8859_1));

            assertThatExceptionOfType(ConfigException.class)
                    .isThrownBy(() -> ConfigReader.read(file))
                    .withMessageStartingWith(file + "");
        }

        @Test
        void refusesDeepNestingWithoutExhaustingTheStack() throws Exception {
            assertThat(refusal("{\"x\": " + "[".repeat(1_000_000)))
                    .startsWith(": the file nests deeper than 64 levels");
        }

        @Test
        void refusesHugeFile() throws Exception {
            assertThat(refusal("{}" + " ".repeat(BoundedFile.MAX_BYTES))).startsWith(": the file is larger than");
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"a\"", "1" + "0", "{}"})
        void saysNothingOfAnUnquotedPassword(String before) throws Exception {
            String message = refusal("{\"host\": " + before + ", \"password\": hunter2}");

            assertThat(message).contains("this is not JSON").doesNotContain("hunter2");
        }

        @Test
        void keepsAnUnquotedPasswordOutOfTheStackTrace() throws Exception {
            ConfigFile file = ConfigFile.of(directory, "{\"password\": hunter2}");

            assertThatExceptionOfType(ConfigException.class)
                    .isThrownBy(file::read)
                    .withNoCause();
        }
    }

    @Nested
    class Presence {

        @Test
        void refusesMissingFile() {
            Path file = directory.resolve("none.json");

            assertThatExceptionOfType(ConfigException.class)
                    .isThrownBy(() -> ConfigReader.read(file))
                    .withMessage(file + ": there is no such file; check its name");
        }

        @Test
        void refusesDirectoryInPlaceOfFile() {
            assertThatExceptionOfType(ConfigException.class)
                    .isThrownBy(() -> ConfigReader.read(directory))
                    .withMessageStartingWith(directory + ": the file can't be read (")
                    .withMessageMatching("[^(]*\\([^/]*\\); check its name");
        }

        @Test
        void hasTheDefaultsInAnEmptyObject() throws Exception {
            SkSyncConfig config = read("{}");

            assertThat(SkSyncConfig.defaults().server()).isEqualTo(config.server());

            ServerSettings server = config.server();
            assertThat(server.host()).isEqualTo("0.0.0.0");
            assertThat(server.port()).isEqualTo(23456);
            assertThat(server.requireAuth()).isTrue();
            assertThat(server.sksync1Compat()).isFalse();
            assertThat(server.useSsl()).isFalse();
            assertThat(server.allowedRoots()).isEmpty();
            assertThat(server.whitelistPolicy()).isEqualTo(WhitelistPolicy.DENY);
            assertThat(server.users()).isEmpty();
            assertThat(server.excludePatterns()).isEmpty();
            assertThat(server.modifyWindow()).hasSeconds(1);
            assertThat(server.ignoreTimeErrors()).isFalse();
            assertThat(server.ssdpAdvertise()).isFalse();
            assertThat(server.mdnsAdvertise()).isFalse();
            assertThat(server.debug()).isFalse();
            assertThat(config.debug()).isFalse();
            assertThat(config.profileNames()).isEmpty();
            assertThat(config.warnings()).isEmpty();
        }
    }

    @Nested
    class Warnings {

        @ParameterizedTest
        @CsvSource({
            "prot, port",
            "Port, port",
            "use_tls, use_ssl",
            "server_dir_whitelst, server_dir_whitelist",
            "user, users",
            "ssl_server_certificate, ssl_server_certfile",
        })
        void nameTheNearestKnownKeyOfAnUnknownOne(String unknown, String nearest) throws Exception {
            SkSyncConfig config = read("{\n\"" + unknown + "\": 1}");

            assertThat(config.warnings())
                    .containsExactly(directory.resolve("sksync.json") + ", line 2: the key \"" + unknown
                            + "\" is not known here and has no effect; the nearest known key is \"" + nearest + "\"");
        }

        @Test
        void reachIntoProfilesAndUsers() throws Exception {
            SkSyncConfig config = read("""
                    {"clients": {"home": {"server_pat": "/x", "client_path": "y"}},
                     "client": {"sync_typ": "x"},
                     "users": {"bob": {"autsrp": 1, "authsrp": ["cf78a7a5", "7443"]}}}""");

            assertThat(config.warnings()).hasSize(3);
            assertThat(config.warnings().get(0)).contains("\"clients.home.server_pat\"", "\"server_path\"");
            assertThat(config.warnings().get(1)).contains("\"client.sync_typ\"", "\"sync_type\"");
            assertThat(config.warnings().get(2)).contains("line 3", "\"users.bob.autsrp\"", "\"authsrp\"");
        }

        @Test
        void sendProfileKeysOfTheTopLevelToAProfile() throws Exception {
            assertThat(read("{\"recursive\": true}").warnings())
                    .singleElement()
                    .asString()
                    .endsWith("it belongs in a client profile");
        }

        @Test
        void areNotRaisedByKeysWithoutEffect() throws Exception {
            SkSyncConfig config = read("{\"raise_errors\": true, \"gtk_easydialogs\": \"x\"}");

            assertThat(config.warnings()).isEmpty();
            assertThat(config.server()).isEqualTo(read("{}").server());
        }

        @Test
        void nameARepeatedKeyOfWhichTheLastCounts() throws Exception {
            SkSyncConfig config =
                    read("{\"port\": 1,\n\"clients\": {\"a\": {\"port\": 2,\n\"port\": 3}},\n\"port\": 4}");

            assertThat(config.server().port()).isEqualTo(4);
            assertThat(config.warnings()).hasSize(2);
            assertThat(config.warnings().get(0)).contains("line 3", "\"clients.a.port\" appears more than once");
            assertThat(config.warnings().get(1)).contains("line 4", "\"port\" appears more than once");
        }

        @Test
        void tellWhichUsersCanNotLogIn() throws Exception {
            SkSyncConfig config = read("""
                    {"users": {
                       "": {"authsrp": ["cf78a7a5", "7443"]},
                       "a\\u001bb": {"authsrp": ["cf78a7a5", "7443"]},
                       "nobody": {},
                       "bob": {"authsrp": ["cf78a7a5", "7443"]}}}""");

            assertThat(config.warnings()).hasSize(3);
            assertThat(config.warnings().get(0)).contains("line 2", "user \"\"");
            assertThat(config.warnings().get(1)).contains("line 3", "user \"a\\u001bb\"");
            assertThat(config.warnings().get(2)).contains("line 4", "user \"nobody\" has no \"authsrp\"");
            assertThat(config.server().users()).containsOnlyKeys("bob");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{\"users\": {\"bob\": {\"authsrp\": [\"cf78a7a5\", \"7443\"]}}} | rw-r--r-- | users' verifiers",
                    "{\"users\": {\"bob\": {\"authsrp\": [\"cf78a7a5\", \"7443\"]}}} | rw-r----- | users' verifiers",
                    "{\"username\": \"a\", \"password\": \"b\"} | rw----r-- | a password",
                    "{\"clients\": {\"a\": {\"password\": \"b\"}}} | rw----r-- | a password",
                    "{\"users\": {\"bob\": {\"authsrp\": [\"cf78a7a5\", \"7443\"]}}} | rw--w---- | users' verifiers",
                    "{\"users\": {\"bob\": {\"authsrp\": [\"cf78a7a5\", \"7443\"]}}} | rw-----w- | users' verifiers",
                })
        void areNoneButARefusalWhereOthersMayGetAtSecrets(String content, String mode, String what) throws Exception {
            ConfigFile file = ConfigFile.of(directory, content);
            Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString(mode));

            assertThatExceptionOfType(ConfigException.class)
                    .isThrownBy(file::read)
                    .withMessage(file.path() + ": the file holds " + what
                            + " and others may read or change it; run: chmod 600 " + file.path());
        }

        @Test
        void areNotRaisedByAReadableFileWithoutSecrets() throws Exception {
            ConfigFile file = ConfigFile.of(directory, "{\"users\": {}, \"port\": 1}");
            Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r--r--"));

            assertThat(file.read().warnings()).isEmpty();
        }

        @Test
        void showNoControlCharacters() throws Exception {
            assertThat(read("{\"p\\u001b[31mort\\u202e\": 1}").warnings())
                    .singleElement()
                    .asString()
                    .contains("\"p\\u001b[31mort\\u202e\"");
        }
    }

    @Nested
    class Profiles {

        @Test
        void areListedInFileOrder() throws Exception {
            assertThat(read("{\"client\": {}, \"clients\": {\"z\": {}, \"a\": {}}}")
                            .profileNames())
                    .isEqualTo(List.of("z", "a", "client"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"{\"clients\": []}", "{\"clients\": {\"a\": 1}}", "{\"client\": \"a\"}"})
        void mustBeObjects(String content) throws Exception {
            assertThat(refusal(content)).startsWith(", line 1: client").endsWith(", but must be an object, in braces");
        }

        @Test
        void mayBeNull() throws Exception {
            assertThat(read("{\"clients\": null, \"client\": null}").profileNames())
                    .isEmpty();
        }
    }
}
