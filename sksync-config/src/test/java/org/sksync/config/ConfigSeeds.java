package org.sksync.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where the fuzzing of sksync.json starts from: the sample files, and texts with one peculiarity each. */
final class ConfigSeeds {

    private static final Path SAMPLES =
            Path.of(System.getProperty("sksync.root", ".."), "config-samples").normalize();

    private ConfigSeeds() {}

    static Stream<byte[]> all() {
        return Stream.concat(samples(), texts());
    }

    /** Returns a file system with permissions, which is fast enough for millions of files. */
    static FileSystem memory() {
        return Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setAttributeViews("basic", "owner", "posix", "unix")
                .build());
    }

    private static Stream<byte[]> samples() {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            return files
                    .filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(ConfigSeeds::bytes)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<byte[]> texts() {
        String users = "{\"users\": {\"bob\": {\"authsrp\": [\"" + ConfigFile.SALT + "\", \"" + ConfigFile.VERIFIER
                + "\"], \"note\": 1.10}, \"al\": null, \"\\ud800\": {}, \"a\\nb\": {}}}";
        return Stream.of(
                        "",
                        "{}",
                        "[]",
                        "null",
                        "{",
                        "{} {}",
                        "\ufeff{}",
                        users,
                        "{\"users\": []}",
                        "{\"client\": 99999999999, \"use_ssl\": true}",
                        "{\"clients\": {\"a\": []}}",
                        "{\"users\": {\"bob\": 1}}",
                        "{\"users\": {\"bob\": {\"authsrp\": [\"a\", \"\"]}}}",
                        "{\"clients\": {\"a\": {\"server_path\": \"/\", \"client_path\": \"b\\u0000\"}}}",
                        "{\"client\": {\"server_path\": \"/s\", \"client_path\": \"c\", \"sync_type\": \"x\"}}",
                        "{\"clients\": {\"client\": {}}, \"client\": {}}",
                        "{\"port\": 1e3, \"host\": \"a\\nb\", \"modify_window\": -0}",
                        "{\"port\": 99999999999, \"sksync1_compat\": true, \"use_ssl\": true}",
                        "{\"a\": [1.10, 1e5, -0, 123456789012345678901234567890, 1E-7, true, false, null, {}, []]}",
                        "{\"a\": 1, \"a\": 2, // comment\n # another\n /* third */ \"b\": [1,],}",
                        "{\"password\": geheim}",
                        "{\"password\": \"x\", \"username\": \"\\u0007\"}",
                        "{\"a\": \"\\ud83d\\ude00 \\ud83d \\u0000 \\u202e é\"}",
                        "{\"filter_fnmatch_exclude\": [\"*.tmp\", \"[\", 1]}",
                        "[".repeat(70),
                        "{\"a\":".repeat(70))
                .map(text -> text.getBytes(UTF_8));
    }
}
