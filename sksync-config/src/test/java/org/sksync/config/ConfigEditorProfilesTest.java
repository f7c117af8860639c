package org.sksync.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigEditorProfilesTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-04T05:06:07Z"), ZoneOffset.UTC);

    private static final String THREE = """
            {
                "debug": false,
                "clients": {
                    "a": {"server_path": "/a", "client_path": "/x", "own": 1.10},
                    "b": {"server_path": "/b", "client_path": "/y"}
                },
                "client": {"server_path": "/c", "client_path": "/z"},
                "port": 1
            }
            """;

    @TempDir
    private Path directory;

    private Path file;
    private ConfigEditor editor;

    @BeforeEach
    void makeEditor() {
        file = directory.resolve("sksync.json");
        editor = new ConfigEditor(file, CLOCK);
    }

    private void given(String content) throws IOException {
        ConfigFile.of(directory, content);
    }

    private static KeyChanges paths() {
        return new KeyChanges().text("server_path", "/srv").text("client_path", "/home");
    }

    private void assertRefused(String words, Edit edit) throws IOException {
        byte[] before = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];

        assertThatExceptionOfType(ConfigException.class).isThrownBy(edit::run).withMessageContaining(words);

        assertThat(Files.exists(file) ? Files.readAllBytes(file) : new byte[0]).isEqualTo(before);
    }

    private interface Edit {
        void run() throws ConfigException, IOException;
    }

    @Test
    void makesAFileWithTheKeysInTheirOrderThatItsOwnerAloneMayRead() throws Exception {
        editor.addProfile(
                "notes",
                paths().number("port", 1234)
                        .flag("recursive", true)
                        .texts("filter_fnmatch_exclude", List.of("*.tmp", "a\"b"))
                        .text("username", "me")
                        .secret("password", new Secret("word"))
                        .nothing("ssl_server_certfile"));

        assertThat(file).hasContent("""
                {
                    "clients": {
                        "notes": {
                            "server_path": "/srv",
                            "client_path": "/home",
                            "port": 1234,
                            "recursive": true,
                            "filter_fnmatch_exclude": [
                                "*.tmp",
                                "a\\"b"
                            ],
                            "username": "me",
                            "password": "word",
                            "ssl_server_certfile": null
                        }
                    }
                }
                """);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(ConfigReader.read(file).profile("notes").password()).contains(new Secret("word"));
    }

    @Test
    void addsAProfileBehindTheOthersAndKeepsAllElse() throws Exception {
        given(THREE);

        editor.addProfile("d", paths());

        assertThat(editor.profileNames()).containsExactly("a", "b", "d", "client");
        assertThat(Files.readString(file)).contains("\"own\": 1.10").containsSubsequence("debug", "clients", "port");
    }

    @Test
    void changesKeysInTheirPlacesAndRemovesOthers() throws Exception {
        given(THREE);

        editor.changeProfile(
                "a", new KeyChanges().text("server_path", "/new").remove("own").flag("recursive", true));

        assertThat(Files.readString(file)).contains("""
                        "a": {
                            "server_path": "/new",
                            "client_path": "/x",
                            "recursive": true
                        },
                """);
        assertThat(editor.profileNames()).containsExactly("a", "b", "client");
    }

    @Test
    void renamesAProfileInItsPlace() throws Exception {
        given(THREE);

        editor.renameProfile("a", "z");

        assertThat(editor.profileNames()).containsExactly("z", "b", "client");
        assertThat(ConfigReader.read(file).profile("z").serverPath()).isEqualTo("/a");
    }

    @Test
    void removesAProfileAlone() throws Exception {
        given(THREE);

        editor.removeProfile("a");

        assertThat(editor.profileNames()).containsExactly("b", "client");
    }

    @Test
    void changesTheOlderFormWhereItStands() throws Exception {
        given(THREE);

        editor.changeProfile("client", new KeyChanges().text("server_path", "/new"));

        assertThat(Files.readString(file)).contains("""
                    "client": {
                        "server_path": "/new",
                """);
        assertThat(editor.profileNames()).containsExactly("a", "b", "client");
    }

    @Test
    void renamesTheOlderFormIntoTheNewerOne() throws Exception {
        given(THREE);

        editor.renameProfile("client", "c");

        assertThat(editor.profileNames()).containsExactly("a", "b", "c");
        assertThat(editor.topKeys()).containsExactly("debug", "clients", "port");
    }

    @Test
    void removesTheOlderForm() throws Exception {
        given(THREE);

        editor.removeProfile("client");

        assertThat(editor.profileNames()).containsExactly("a", "b");
    }

    @Test
    void keepsACopyOfAFileWithComments() throws Exception {
        given("{ // mine\n \"clients\": {} }");

        ConfigEdit edit = editor.addProfile("notes", paths());

        assertThat(edit.backup())
                .hasValueSatisfying(copy -> assertThat(copy).hasContent("{ // mine\n \"clients\": {} }"));
        assertThat(edit.notes()).hasSize(1);
    }

    @Test
    void refusesAProfileThatIsThereAlready() throws Exception {
        given(THREE);

        assertRefused("there is a profile \"a\" already", () -> editor.addProfile("a", paths()));
        assertRefused("there is a profile \"client\" already", () -> editor.addProfile("client", paths()));
        assertRefused("there is a profile \"b\" already", () -> editor.renameProfile("a", "b"));
    }

    @Test
    void refusesAProfileThatIsNotThere() throws Exception {
        given(THREE);

        String words = "there is no client profile \"c\"; choose one of \"a\", \"b\", \"client\"";
        assertRefused(words, () -> editor.changeProfile("c", paths()));
        assertRefused(words, () -> editor.renameProfile("c", "d"));
        assertRefused(words, () -> editor.removeProfile("c"));
    }

    @Test
    void saysHowToAddAProfileWhereThereIsNone() throws Exception {
        assertRefused("nor any other; add one with: sksync job add NAME", () -> editor.removeProfile("c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-c", "@file", "a\nb", "a\u001b[2J"})
    void refusesWhatIsNoNameForAProfile(String name) throws Exception {
        given(THREE);

        assertRefused("can't be used", () -> editor.addProfile(name, paths()));
        assertRefused("can't be used", () -> editor.renameProfile("a", name));
    }

    @Test
    void refusesValuesThatCouldNotBeUsedAndNamesTheKey() throws Exception {
        given(THREE);

        assertRefused(
                "sksync.json (as it would be), line",
                () -> editor.changeProfile("a", new KeyChanges().number("port", 0)));
        assertRefused(
                "clients.a.port is 0, but must be a whole number from 1 to 65535",
                () -> editor.changeProfile("a", new KeyChanges().number("port", 0)));
        assertRefused(
                "clients.new.client_path is missing",
                () -> editor.addProfile("new", new KeyChanges().text("server_path", "/srv")));
        assertRefused(
                "can't be used together with \"sksync1_compat\"",
                () -> editor.changeProfile(
                        "a", new KeyChanges().flag("sksync1_compat", true).flag("use_ssl", true)));
    }

    @Test
    void showsNoPasswordInARefusal() throws Exception {
        given(THREE);

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> editor.changeProfile(
                        "a",
                        new KeyChanges()
                                .secret("password", new Secret("hidden"))
                                .number("port", 0)))
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("hidden"));
        assertThat(new KeyChanges().secret("password", new Secret("hidden")))
                .asString()
                .doesNotContain("hidden");
    }

    private List<String> offered() throws ConfigException {
        return ConfigReader.read(file).server().allowedRoots();
    }

    private static final String DAEMON_BY_PROFILES = """
            {
                "require_auth": false,
                "clients": {
                    "a": {"server_path": "/a", "client_path": "/x"},
                    "b": {"server_path": "/b", "client_path": "/y"}
                }
            }
            """;

    @Test
    void hasADaemonOfferNoMoreThanBeforeAProfileWasAdded() throws Exception {
        given(DAEMON_BY_PROFILES);

        ConfigEdit edit = editor.addProfile("new", paths());

        assertThat(offered()).containsExactly("/a", "/b");
        assertThat(Files.readString(file)).contains("server_dir_whitelist");
        assertThat(edit.notes()).singleElement().asString().contains("server_dir_whitelist", "\"/a\", \"/b\"");
    }

    @Test
    void hasADaemonOfferNoMoreThanBeforeAProfileWasChanged() throws Exception {
        given(DAEMON_BY_PROFILES);

        editor.changeProfile("a", new KeyChanges().text("server_path", "/new"));

        assertThat(offered()).containsExactly("/a", "/b");
        assertThat(ConfigReader.read(file).profile("a").serverPath()).isEqualTo("/new");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void hasADaemonOfferNoMoreWhereAProfileComesOutFromBehindAnother(boolean renamed) throws Exception {
        given("""
                {
                    "require_auth": false,
                    "clients": {
                        "client": {"server_path": "/a", "client_path": "/x"},
                        "b": {"server_path": "/b", "client_path": "/x"}
                    },
                    "client": {"server_path": "/hidden", "client_path": "/x"}
                }
                """);
        assertThat(offered()).containsExactly("/a", "/b");

        if (renamed) {
            editor.renameProfile("client", "z");
        } else {
            editor.removeProfile("client");
        }

        assertThat(offered()).containsExactly("/a", "/b");
    }

    @Test
    void writesNoListWhereADaemonOffersNoMoreAnyway() throws Exception {
        given(DAEMON_BY_PROFILES);

        editor.addProfile("same", paths().text("server_path", "/a"));
        editor.changeProfile("a", new KeyChanges().flag("recursive", true));
        editor.renameProfile("a", "z");
        ConfigEdit edit = editor.removeProfile("same");

        assertThat(edit.notes()).isEmpty();
        assertThat(editor.topKeys()).containsExactly("require_auth", "clients");
    }

    @Test
    void leavesTheListOfADaemonAsItIs() throws Exception {
        given("{\"require_auth\": false, \"server_dir_whitelist\": [\"/own\"]}");

        assertThat(editor.addProfile("new", paths()).notes()).isEmpty();

        assertThat(offered()).containsExactly("/own");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"users\": {}",
                "\"require_auth\": true",
                "\"rights\": {}",
                "\"ssl_server_keyfile\": \"k.pem\"",
                "\"ssdp_advertise\": true",
                "\"mdns_advertise\": true",
                "\"server_dir_whitelist\": []",
                "\"server_dir_whitelist_policy\": \"silent\"",
                "\"sksync1_compat\": true",
                "\"users\": {}, \"clients\": {\"a\": {}}"
            })
    void refusesAProfileThatWouldBeTheFirstThingThatADaemonOffers(String keys) throws Exception {
        given("{" + keys + "}");

        assertRefused("set server_dir_whitelist to what", () -> editor.addProfile("new", paths()));
        assertRefused("another file with -c FILE", () -> editor.requireAddable("new", "/srv"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\"host\": \"desk\", \"use_ssl\": true", "\"sksync1_compat\": false", "\"users\": null"})
    void writesNoListIntoTheFileOfAClient(String keys) throws Exception {
        given("{" + keys + "}");

        editor.requireAddable("one", "/srv");
        editor.addProfile("one", paths());
        editor.addProfile("two", paths().text("server_path", "/other"));

        assertThat(editor.topKeys()).doesNotContain("server_dir_whitelist");
    }

    @Test
    void saysBeforehandWhichNameIsTaken() throws Exception {
        given(THREE);

        assertRefused("there is a profile \"a\" already", () -> editor.requireAddable("a", "/srv"));
    }

    @Test
    void saysBeforehandThatAProfileCouldNotBeUsedAndWritesNothing() throws Exception {
        given("{}");

        assertRefused("port is 0", () -> editor.requireAddable("a", paths().number("port", 0)));
        editor.requireAddable("a", paths());

        assertThat(editor.profileNames()).isEmpty();
    }

    @Test
    void tellsWhetherAKeyOfTheFileIsTrue() throws Exception {
        assertThat(editor.isTrue("sksync1_compat")).isFalse();

        given("{\"sksync1_compat\": true, \"use_ssl\": false, \"host\": \"true\"}");

        assertThat(editor.isTrue("sksync1_compat")).isTrue();
        assertThat(editor.isTrue("use_ssl")).isFalse();
        assertThat(editor.isTrue("host")).isFalse();
    }

    @Test
    void writesTheFirstConfigurationOfAServer() throws Exception {
        editor.createServer(
                new KeyChanges().flag("require_auth", true).texts("server_dir_whitelist", List.of("/srv")),
                Map.of("me", StoredVerifier.ofHex("ab", "cdef")));

        ServerSettings settings = ConfigReader.read(file).server();
        assertThat(settings.requireAuth()).isTrue();
        assertThat(settings.allowedRoots()).containsExactly("/srv");
        assertThat(settings.users()).containsOnlyKeys("me");
    }

    @Test
    void writesNoFirstConfigurationOverAnother() throws Exception {
        given("{}");

        assertRefused("is there already", () -> editor.createServer(new KeyChanges(), Map.of()));
    }

    @Test
    void writesNoFirstConfigurationThatAServerCouldNotUse() throws Exception {
        assertRefused(
                "there is no certificate to show",
                () -> editor.createServer(new KeyChanges().flag("use_ssl", true), Map.of()));
        assertThat(file).doesNotExist();
    }
}
