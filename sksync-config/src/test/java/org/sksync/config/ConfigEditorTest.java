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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigEditorTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-04T05:06:07Z"), ZoneOffset.UTC);

    @TempDir
    private Path directory;

    private Path file;
    private ConfigEditor editor;
    private StoredVerifier verifier;
    private StoredVerifier other;

    @BeforeEach
    void makeEditor() throws Exception {
        file = directory.resolve("sksync.json");
        editor = new ConfigEditor(file, CLOCK);
        verifier = StoredVerifier.ofHex("cf78a7a5", "7443843a");
        other = StoredVerifier.ofHex("ab", "cd");
    }

    private void given(String content) throws IOException {
        ConfigFile.of(directory, content);
    }

    private List<String> names() throws IOException {
        try (var entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.endsWith(".lock"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void makesFileWithNothingButTheUser() throws Exception {
        ConfigEdit edit = editor.addUser("bob", verifier);

        assertThat(file).hasContent("""
                {
                    "users": {
                        "bob": {
                            "authsrp": [
                                "cf78a7a5",
                                "7443843a"
                            ]
                        }
                    }
                }
                """);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(edit.notes()).isEmpty();
        assertThat(names()).containsExactly("sksync.json");
    }

    @Test
    void keepsEveryOtherKeyItsOrderAndItsDigits() throws Exception {
        given("""
                {
                    "zeta": [1.10, 1e5, -0, 123456789012345678901234567890, 0.1000000000000000055511151231257827],
                    "users": {
                        "al": {"authsrp": ["aa", "bbbb"], "note": {"k": [null, true, false, {}, []]}}
                    },
                    "port": 23456,
                    "alpha": "Küche \\u65e5 \\" \\\\ \\/ \\n \\u0001 \\ud83d\\ude00"
                }
                """);

        editor.addUser("bob", verifier);

        assertThat(file).hasContent("""
                {
                    "zeta": [
                        1.10,
                        1e5,
                        -0,
                        123456789012345678901234567890,
                        0.1000000000000000055511151231257827
                    ],
                    "users": {
                        "al": {
                            "authsrp": [
                                "aa",
                                "bbbb"
                            ],
                            "note": {
                                "k": [
                                    null,
                                    true,
                                    false,
                                    {},
                                    []
                                ]
                            }
                        },
                        "bob": {
                            "authsrp": [
                                "cf78a7a5",
                                "7443843a"
                            ]
                        }
                    },
                    "port": 23456,
                    "alpha": "Küche 日 \\" \\\\ / \\n \\u0001 😀"
                }
                """);
    }

    @Test
    void keepsHalfASurrogatePair() throws Exception {
        given("{\"x\": \"\\ud800\", \"y\": \"ü\"}");

        editor.addUser("bob", verifier);

        assertThat(Files.readString(file)).containsIgnoringCase("\"\\ud800\"").containsIgnoringCase("\"\\u00fc\"");
    }

    @Test
    void keepsTheOtherKeysOfAUser() throws Exception {
        given("{\"users\": {\"bob\": {\"before\": 1, \"authsrp\": [\"aa\", \"bbbb\"], \"after\": 2}, \"al\": {}}}");

        editor.changeUser("bob", verifier);

        assertThat(file).hasContent("""
                {
                    "users": {
                        "bob": {
                            "before": 1,
                            "authsrp": [
                                "cf78a7a5",
                                "7443843a"
                            ],
                            "after": 2
                        },
                        "al": {}
                    }
                }
                """);
    }

    @Test
    void removesUserAndNothingElse() throws Exception {
        given("{\"port\": 1, \"users\": {\"al\": {}, \"bob\": {\"x\": 1}}, \"host\": \"h\"}");

        editor.removeUser("al");

        assertThat(editor.userNames()).containsExactly("bob");
        assertThat(ConfigReader.read(file).server().host()).isEqualTo("h");
        editor.removeUser("bob");
        assertThat(file).hasContent("{\n    \"port\": 1,\n    \"users\": {},\n    \"host\": \"h\"\n}\n");
    }

    @Test
    void refusesToAddUserThatIsThere() throws Exception {
        editor.addUser("bob", verifier);
        String before = Files.readString(file);

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> editor.addUser("bob", other))
                .withMessageStartingWith(file + ": there is a user \"bob\" already;");
        assertThat(file).hasContent(before);
    }

    @Test
    void refusesToChangeOrRemoveUserThatIsNotThere() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> editor.changeUser("bob", verifier))
                .withMessageStartingWith(file + ": there is no user \"bob\";");
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> editor.removeUser("bob"))
                .withMessageStartingWith(file + ": there is no user \"bob\";");
        assertThat(file).doesNotExist();
    }

    @Test
    void putsUserBeItThereOrNot() throws Exception {
        editor.putUser("bob", verifier);
        editor.putUser("bob", other);

        assertThat(editor.verifier("bob")).contains(other);
        assertThat(ConfigReader.read(file).server().users()).containsEntry("bob", other);
    }

    @Test
    void readsVerifiersBack() throws Exception {
        given("{\"users\": {\"bob\": {\"authsrp\": [\"AA\", \"BBBB\"]}, \"al\": {}, \"nil\": null}}");

        assertThat(editor.userNames()).containsExactly("bob", "al", "nil");
        assertThat(editor.verifier("bob")).contains(StoredVerifier.ofHex("aa", "bbbb"));
        assertThat(editor.verifier("al")).isEmpty();
        assertThat(editor.verifier("nil")).isEmpty();
        assertThat(editor.verifier("nobody")).isEmpty();
    }

    @Test
    void refusesToReadBrokenVerifier() throws Exception {
        given("{\n\"users\": {\"bob\": {\"authsrp\": [\"xx\", \"BBBB\"]}}}");

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> editor.verifier("bob"))
                .withMessageStartingWith(file + ", line 2: users.bob.authsrp: the salt is not hexadecimal");
    }

    @Test
    void givesVerifierToUserWithoutAny() throws Exception {
        given("{\"users\": {\"nil\": null}}");

        editor.changeUser("nil", verifier);

        assertThat(editor.verifier("nil")).contains(verifier);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\u0007b", "a\nb", "\ud800", "j\ufffd\ufffdrgen"})
    void refusesWhatIsNoName(String name) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> editor.addUser(name, verifier))
                .withMessageContaining("must have 1 to 255 bytes in UTF-8 and no control character");
        assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> editor.putUser(name, verifier));
        assertThat(file).doesNotExist();
    }

    @Test
    void countsTheBytesOfAName() throws Exception {
        editor.addUser("ü".repeat(127) + "x", verifier);

        assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> editor.addUser("ü".repeat(128), verifier));
    }

    @Test
    void removesEvenAUserWithoutName() throws Exception {
        given("{\"users\": {\"\": {}}}");

        editor.removeUser("");

        assertThat(editor.userNames()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"port\": 1, # mine\n\"host\": \"h\"}",
                "{\"port\": 1, // mine\n\"host\": \"h\"}",
                "{\"port\": 1, /* mine */ \"host\": \"h\"}",
                "{\"port\": 1, \"host\": \"h\",}",
                "{\"port\": 2, \"port\": 1, \"host\": \"h\"}",
                "{\"port\": 1, \"host\": \"h\"} # end",
            })
    void keepsTheOldFileWhereSomethingWouldBeLost(String content) throws Exception {
        given(content);

        ConfigEdit edit = editor.addUser("bob", verifier);

        Path backup = directory.resolve("sksync.json.bak-20260304-050607");
        assertThat(edit.backup()).contains(backup);
        assertThat(edit.notes()).singleElement().asString().endsWith("the old one is kept as " + backup);
        assertThat(backup).hasContent(content);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
                .isEqualTo("rw-------");
        assertThat(ConfigReader.read(file).server().port()).isEqualTo(1);
        assertThat(ConfigReader.read(file).server().host()).isEqualTo("h");
        assertThat(editor.addUser("al", verifier).backup()).isEmpty();
    }

    @Test
    void keepsNoOldFileWhereNothingIsLost() throws Exception {
        given("\uFEFF{\"x\": \"# no comment, // nor this, ]\"}");

        assertThat(editor.addUser("bob", verifier).backup()).isEmpty();
        assertThat(names()).containsExactly("sksync.json");
    }

    @Test
    void overwritesNoOlderCopy() throws Exception {
        for (int run = 1; run <= 3; run++) {
            given("{} # " + run);
            editor.addUser("bob", verifier);
        }

        assertThat(directory.resolve("sksync.json.bak-20260304-050607")).hasContent("{} # 1");
        assertThat(directory.resolve("sksync.json.bak-20260304-050607-2")).hasContent("{} # 2");
        assertThat(directory.resolve("sksync.json.bak-20260304-050607-3")).hasContent("{} # 3");
    }

    @Test
    void tellsThatOthersCanNoLongerRead() throws Exception {
        given("{}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        ConfigEdit edit = editor.addUser("bob", verifier);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(edit.notes()).singleElement().asString().startsWith("only the owner of " + file);
        assertThat(editor.addUser("al", verifier).notes()).isEmpty();
    }

    @Test
    void writesThroughASymbolicLink() throws Exception {
        Path real = Files.createDirectory(directory.resolve("etc")).resolve("real.json");
        Files.writeString(real, "{\"port\": 5} # kept");
        Files.createSymbolicLink(file, real);

        ConfigEdit edit = editor.addUser("bob", verifier);

        assertThat(file).isSymbolicLink();
        assertThat(ConfigReader.read(real).server().users()).containsKey("bob");
        assertThat(edit.backup()).contains(real.toRealPath().resolveSibling("real.json.bak-20260304-050607"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"users\": []}", "{\"users\": {\"bob\": 1}}", "{\"port\": }"})
    void refusesFileThatIsNoConfigurationAndLeavesIt(String content) throws Exception {
        given(content);

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> editor.putUser("bob", verifier))
                .withMessageStartingWith(file.toString());
        assertThat(file).hasContent(content);
        assertThat(names()).containsExactly("sksync.json");
    }

    @Test
    void takesNullForNoUsers() throws Exception {
        given("{\"users\": null}");

        editor.addUser("bob", verifier);

        assertThat(editor.userNames()).containsExactly("bob");
    }

    @Test
    void reportsADirectoryThatIsNotThere() {
        ConfigEditor nowhere = new ConfigEditor(directory.resolve("none/sksync.json"), CLOCK);

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> nowhere.addUser("bob", verifier));
    }

    @Test
    void losesNoUserWhenManyEditAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<ConfigEdit>> edits = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String name = "user" + i;
                edits.add(() -> new ConfigEditor(file, CLOCK).addUser(name, verifier));
            }
            for (Future<ConfigEdit> edit : threads.invokeAll(edits)) {
                edit.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(editor.userNames()).hasSize(40);
    }
}
