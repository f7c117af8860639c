package org.sksync.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.files.store.Durability;

class ServerSettingsTest {

    @TempDir
    private Path directory;

    private ServerSettings server(String content) throws IOException, ConfigException {
        return ConfigFile.of(directory, content).read().server();
    }

    private String refusal(String content) throws IOException {
        ConfigFile file = ConfigFile.of(directory, content);
        Throwable refused = assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> file.read().server())
                .actual();
        assertThat(refused.getMessage()).startsWith(file.path() + ", line ").doesNotContain("\n");
        return refused.getMessage().substring((file.path() + ", line ").length());
    }

    @Test
    void takesEveryKey() throws Exception {
        ServerSettings server = server("""
                {
                    "host": "192.0.2.1",
                    "port": 0,
                    "sksync1_compat": false,
                    "require_auth": false,
                    "server_dir_whitelist": ["/srv/b", "data"],
                    "server_dir_whitelist_policy": "silent",
                    "ignore_time_errors": true,
                    "use_ssl": true,
                    "ssl_server_certfile": "cert.pem",
                    "ssl_server_keyfile": "key.pem",
                    "ssl_client_certfile": "clients.pem",
                    "ssl_client_keyfile": "client-key.pem",
                    "users": {"bob": {"authsrp": ["CF78A7A5", "00FF"]}},
                    "filter_fnmatch_exclude": ["*.bak"],
                    "modify_window": 2,
                    "refuse_future_times": true,
                    "keep_replaced_days": 7,
                    "keep_replaced_mb": 100,
                    "ssdp_advertise": true,
                    "mdns_advertise": true,
                    "fsync": "each",
                    "debug": true
                }
                """);

        assertThat(server.host()).isEqualTo("192.0.2.1");
        assertThat(server.port()).isZero();
        assertThat(server.requireAuth()).isFalse();
        assertThat(server.allowedRoots()).containsExactly("/srv/b", "data");
        assertThat(server.whitelistPolicy()).isEqualTo(WhitelistPolicy.SILENT);
        assertThat(server.ignoreTimeErrors()).isTrue();
        assertThat(server.useSsl()).isTrue();
        assertThat(server.tls().serverCertificate()).contains(Path.of("cert.pem"));
        assertThat(server.tls().serverKey()).contains(Path.of("key.pem"));
        assertThat(server.tls().clientCertificate()).contains(Path.of("clients.pem"));
        assertThat(server.tls().clientKey()).contains(Path.of("client-key.pem"));
        assertThat(server.users()).containsOnlyKeys("bob");
        assertThat(server.users().get("bob").saltHex()).isEqualTo("cf78a7a5");
        assertThat(server.users().get("bob").verifier()).isEqualTo(255);
        assertThat(server.excludePatterns()).containsExactly("*.bak");
        assertThat(server.modifyWindow()).isEqualTo(Duration.ofSeconds(2));
        assertThat(server.refuseFutureTimes()).isTrue();
        assertThat(server.keepReplaced()).isEqualTo(new KeepSettings(Duration.ofDays(7), 100 * 1024 * 1024));
        assertThat(server.durability()).isEqualTo(Durability.EACH);
        assertThat(server.ssdpAdvertise()).isTrue();
        assertThat(server.mdnsAdvertise()).isTrue();
        assertThat(server.debug()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"'{}', BATCH", "'{\"fsync\": \"batch\"}', BATCH", "'{\"fsync\": \"off\"}', OFF"})
    void forcesFilesAsItSays(String json, Durability durability) throws Exception {
        assertThat(server(json).durability()).isEqualTo(durability);
    }

    @Test
    void takesNullAsNotSet() throws Exception {
        ServerSettings server = server("""
                {"host": null, "port": null, "sksync1_compat": null, "require_auth": null, "use_ssl": null,
                 "server_dir_whitelist": null, "server_dir_whitelist_policy": null, "users": null,
                 "ssl_server_certfile": null, "filter_fnmatch_exclude": null, "modify_window": null}""");

        assertThat(server).isEqualTo(server("{}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"port\": \"23456\" | port is \"23456\", but must be a whole number from 0 to 65535, without quotes",
                "\"port\": 65536 | port is 65536, but must be a whole number from 0 to 65535, without quotes",
                "\"port\": -1 | port is -1, but must be a whole number",
                "\"port\": 80.0 | port is 80.0, but must be a whole number",
                "\"port\": 1e3 | port is 1e3, but must be a whole number",
                "\"port\": 99999999999999999999 | port is 99999999999999999999, but must be a whole number",
                "\"port\": true | port is true, but must be a whole number",
                "\"port\": [] | port is a list, but must be a whole number",
                "\"host\": 1 | host is 1, but must be a text in quotes, without control characters",
                "\"host\": \"a\\tb\" | host is \"a\\u0009b\", but must be a text in quotes, without control characters",
                "\"host\": {} | host is an object, but must be a text",
                "\"use_ssl\": 1 | use_ssl is 1, but must be true or false, without quotes",
                "\"use_ssl\": \"true\" | use_ssl is \"true\", but must be true or false",
                "\"require_auth\": \"no\" | require_auth is \"no\", but must be true or false",
                "\"sksync1_compat\": [] | sksync1_compat is a list, but must be true or false",
                "\"ignore_time_errors\": 0 | ignore_time_errors is 0, but must be true or false",
                "\"ssdp_advertise\": \"\" | ssdp_advertise is \"\", but must be true or false",
                "\"mdns_advertise\": 1 | mdns_advertise is 1, but must be true or false",
                "\"debug\": 1 | debug is 1, but must be true or false",
                "\"server_dir_whitelist\": \"/srv\" | server_dir_whitelist is \"/srv\", but must be a list of texts",
                "\"server_dir_whitelist\": [\"/srv\", 1] | server_dir_whitelist[1] is 1, but must be a text in quotes",
                "\"server_dir_whitelist\": [\"\"] | server_dir_whitelist[0] is \"\", but must be a text in quotes",
                "\"server_dir_whitelist_policy\": \"allow\" | server_dir_whitelist_policy is \"allow\", but must be"
                        + " \"deny\" or \"silent\"",
                "\"fsync\": \"on\" | fsync is \"on\", but must be \"off\", \"batch\" or \"each\"",
                "\"fsync\": true | fsync is true, but must be a text in quotes",
                "\"filter_fnmatch_exclude\": {} | filter_fnmatch_exclude is an object, but must be a list of texts",
                "\"modify_window\": 0 | modify_window is 0, but must be a whole number from 1 to 3600",
                "\"modify_window\": 3601 | modify_window is 3601, but must be a whole number from 1 to 3600",
                "\"ssl_server_certfile\": 1 | ssl_server_certfile is 1, but must be a text",
                "\"ssl_server_certfile\": \"a\\u0000b\" | ssl_server_certfile is \"a\\u0000b\", but must be a text",
                "\"users\": [] | users is a list, but must be an object, in braces",
                "\"users\": {\"bob\": \"hunter2\"} | users.bob is a text, but must be an object, in braces",
                "\"require_tls\": 1 | require_tls is 1, but must be true or false",
                "\"require_tls\": true | require_tls is true, but use_ssl is false;",
                "\"keep_replaced_days\": -1 | keep_replaced_days is -1, but must be a whole number from 0 to 36500",
                "\"keep_replaced_mb\": 0 | keep_replaced_mb is 0, but must be a whole number from 1 to 100000000",
                "\"rights\": [] | rights is a list, but must be an object, in braces",
                "\"rights\": {\"/a\": \"rw\"} | rights./a is \"rw\", but must be one of \"none\", \"read\", \"write\","
                        + " \"read_write\"",
                "\"rights\": {\"/a\": true} | rights./a is true, but must be one of \"none\"",
                "\"users\": {\"bob\": {\"rights\": {\"/a\": 1}}} | users.bob.rights./a is",
                "\"users\": {\"bob\": {\"certificates\": \"x\"}} | users.bob.certificates is a text, but must be a list",
                "\"users\": {\"bob\": {\"certificates\": [\"x\"]}} | users: bob has \"certificates\", but clients are not"
                        + " asked for one;",
                "\"require_auth\": false, \"users\": {\"bob\": {\"rights\": {}}} | users: bob has \"rights\", but who does"
                        + " not log in has more;",
                "\"clients\": {\"a\": {\"server_path\": 1}} | clients.a.server_path is 1, but must be a text",
            })
    void refusesWrongValueAndNamesLineKeyAndWhatIsExpected(String member, String message) throws Exception {
        assertThat(refusal("{\n\n" + member + "}")).startsWith("3: " + message);
    }

    @Nested
    class Access {

        @Test
        void isWhatTheFileSaysOfEveryoneAndOfUsers() throws Exception {
            ServerSettings server = server("""
                    {"use_ssl": true, "require_tls": true, "ssl_server_certfile": "c", "ssl_client_certfile": "a",
                     "rights": {"/books": "read", "/inbox": "write", "/private": "none"},
                     "users": {"bob": {"authsrp": ["cf78a7a5", "7443"], "rights": {"/notes": "read_write"}},
                               "phone": {"certificates": ["SHA256:00"]}}}""");

            assertThat(server.requireTls()).isTrue();
            assertThat(server.rights())
                    .containsExactly(
                            entry("/books", DirectoryRight.READ),
                            entry("/inbox", DirectoryRight.WRITE),
                            entry("/private", DirectoryRight.NONE));
            assertThat(server.users()).containsOnlyKeys("bob");
            assertThat(server.access())
                    .containsExactly(
                            entry(
                                    "bob",
                                    new UserAccess(
                                            Optional.of(Map.of("/notes", DirectoryRight.READ_WRITE)), List.of())),
                            entry("phone", new UserAccess(Optional.empty(), List.of("SHA256:00"))));
        }

        @Test
        void isEveryonesWhereTheFileSaysNothing() throws Exception {
            ServerSettings server = server("{}");

            assertThat(server.requireTls()).isFalse();
            assertThat(server.rights()).isEmpty();
            assertThat(server.access()).isEmpty();
        }

        @Test
        void ofAUserNeedsNoLoginWhereCertificatesTellWhoItIs() throws Exception {
            assertThat(server("""
                    {"require_auth": false, "use_ssl": true, "ssl_server_certfile": "c", "ssl_client_certfile": "a",
                     "users": {"bob": {"rights": {}, "certificates": ["SHA256:00"]}}}""").access()).containsOnlyKeys("bob");
        }
    }

    @Nested
    class Roots {

        @Test
        void areThoseOfTheProfilesWhereNoneIsListed() throws Exception {
            ServerSettings server = server("""
                    {"server_dir_whitelist": [],
                     "client": {"server_path": "/c"},
                     "clients": {"a": {"server_path": "/a"}, "b": {"server_path": "/b"}, "x": {},
                                 "again": {"server_path": "/a"}}}""");

            assertThat(server.allowedRoots()).containsExactly("/a", "/b", "/c");
        }

        @Test
        void areOnlyThoseListedWhereSomeAre() throws Exception {
            ServerSettings server = server("""
                    {"server_dir_whitelist": ["/w"],
                     "clients": {"a": {"server_path": "/a"}, "b": {"server_path": 1}}}""");

            assertThat(server.allowedRoots()).containsExactly("/w");
        }

        @Test
        void areNotTakenFromAProfileWithoutEffect() throws Exception {
            ServerSettings server = server("""
                    {"client": {"server_path": "/old"}, "clients": {"client": {"server_path": "/new"}}}""");

            assertThat(server.allowedRoots()).containsExactly("/new");
        }
    }

    @Nested
    class Compatibility {

        @Test
        void needsNoLogin() throws Exception {
            assertThat(server("{\"sksync1_compat\": true}").requireAuth()).isFalse();
        }

        @Test
        void isRefusedWithLogin() throws Exception {
            assertThat(refusal("{\"sksync1_compat\": true,\n\"require_auth\": true}"))
                    .startsWith(
                            "2: require_auth can't be used together with \"sksync1_compat\", because the Android app"
                                    + " can't log in;");
        }

        @Test
        void isRefusedWithTls() throws Exception {
            assertThat(refusal("{\"sksync1_compat\": true, \"use_ssl\": true, \"ssl_server_certfile\": \"x\"}"))
                    .startsWith("1: use_ssl can't be used together with \"sksync1_compat\", because the Android app"
                            + " can't speak TLS;");
        }

        @Test
        void isServedBesideAUserNameForClients() throws Exception {
            assertThat(server("{\"sksync1_compat\": true, \"username\": \"bob\"}")
                            .sksync1Compat())
                    .isTrue();
        }
    }

    @Nested
    class Tls {

        @ParameterizedTest
        @ValueSource(strings = {"", ", \"ssl_server_keyfile\": \"key.pem\"", ", \"ssl_server_certfile\": \"\""})
        void isRefusedWithoutCertificate(String more) throws Exception {
            assertThat(refusal("{\"use_ssl\": true" + more + "}"))
                    .startsWith("1: use_ssl is true, but there is no certificate to show; name it with"
                            + " \"ssl_server_certfile\"");
        }

        @Test
        void takesKeyFromTheCertificatesFile() throws Exception {
            ServerSettings server = server("{\"use_ssl\": true, \"ssl_server_certfile\": \"both.pem\"}");

            assertThat(server.tls().serverCertificate()).contains(Path.of("both.pem"));
            assertThat(server.tls().serverKey()).isEmpty();
        }

        @Test
        void doesNotVerifyClientsBecauseOfAClientKey() throws Exception {
            ServerSettings server = server("""
                    {"use_ssl": true, "ssl_server_certfile": "c", "ssl_client_keyfile": "k"}""");

            assertThat(server.tls().clientCertificate()).isEmpty();
        }
    }

    @Nested
    class Users {

        private String withVerifier(String authsrp) {
            return "{\"users\": {\"bob\": {\"authsrp\": " + authsrp + "}}}";
        }

        @ParameterizedTest
        @CsvSource({"1, 1", "64, 256"})
        void haveSaltAndVerifierOfBoundedLength(int saltBytes, int verifierBytes) throws Exception {
            StoredVerifier verifier = server(withVerifier(
                            "[\"" + "ab".repeat(saltBytes) + "\", \"" + "cd".repeat(verifierBytes) + "\"]"))
                    .users()
                    .get("bob");

            assertThat(verifier.salt()).hasSize(saltBytes);
            assertThat(verifier.verifierHex()).isEqualTo("cd".repeat(verifierBytes));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "0 | 1 | the salt has 0 hexadecimal digits",
                    "65 | 1 | the salt has 130 hexadecimal digits",
                    "1 | 0 | the verifier has 0 hexadecimal digits",
                    "1 | 257 | the verifier has 514 hexadecimal digits",
                })
        void areRefusedWithSaltOrVerifierOutOfBounds(int saltBytes, int verifierBytes, String message)
                throws Exception {
            String content =
                    withVerifier("[\"" + "ab".repeat(saltBytes) + "\", \"" + "cd".repeat(verifierBytes) + "\"]");

            assertThat(refusal(content)).startsWith("1: users.bob.authsrp: " + message);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "[\"secre\", \"abcd\"]",
                    "[\"secret\", \"abcd\"]",
                    "[\"abcd\", \"secret\"]",
                    "[\"abcd\", \"\u0661\u0661\"]",
                    "[\"abcd\", \"00\"]",
                    "[\"abcd\", \"0001\"]",
                    "[\"secret\"]",
                    "[\"secret\", \"secret\", \"secret\"]",
                    "[\"abcd\", 987654]",
                    "\"secret\"",
                    "987654",
                    "{\"secret\": 1}"
                })
        void areRefusedWithAnythingElseAndNeitherIsShown(String authsrp) throws Exception {
            assertThat(refusal(withVerifier(authsrp)))
                    .startsWith("1: users.bob.authsrp")
                    .doesNotContain("secre", "abcd", "987654");
        }

        @Test
        void showNoVerifierWhenTheSettingsArePrinted() throws Exception {
            assertThat(server(withVerifier("[\"cf78a7a5\", \"7443843a\"]")).toString())
                    .contains("bob")
                    .doesNotContain("cf78a7a5", "7443843a");
        }
    }

    @Test
    void isNotRefusedBecauseOfProfiles() throws Exception {
        ServerSettings server = server("""
                {"username": 1, "password": 2, "server_dir_whitelist": ["/w"],
                 "clients": {"a": {"port": "x", "sync_type": 9, "sksync1_compat": 1}}}""");

        assertThat(server.port()).isEqualTo(23456);
    }
}
