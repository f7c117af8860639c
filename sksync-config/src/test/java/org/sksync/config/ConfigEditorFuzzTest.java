package org.sksync.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.sksync.config.SourceValue.FlagValue;
import org.sksync.config.SourceValue.ListValue;
import org.sksync.config.SourceValue.NumberValue;
import org.sksync.config.SourceValue.ObjectValue;
import org.sksync.config.SourceValue.TextValue;

/**
 * An edit of any file: what is read afterwards is what was read before but for the edit, or nothing was changed. The
 * first byte of an input picks the edit.
 */
class ConfigEditorFuzzTest {

    private static final int EDITS = 4;
    private static final String USER = "bob";
    private static final Path DIRECTORY = ConfigSeeds.memory().getPath("").toAbsolutePath();
    private static final Path FILE = DIRECTORY.resolve("sksync.json");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-04T05:06:07Z"), ZoneOffset.UTC);

    static Stream<byte[]> edits() {
        return ConfigSeeds.all().flatMap(file -> IntStream.range(0, EDITS).mapToObj(edit -> {
            byte[] input = new byte[file.length + 1];
            input[0] = (byte) edit;
            System.arraycopy(file, 0, input, 1, file.length);
            return input;
        }));
    }

    @MethodSource("edits")
    @FuzzTest
    void changesTheUserAndNothingElse(byte[] input) throws Exception {
        if (input.length == 0) {
            return;
        }
        byte[] before = Arrays.copyOfRange(input, 1, input.length);
        Files.write(FILE, before);
        boolean readable = isReadable();
        int edit = Byte.toUnsignedInt(input[0]) % EDITS;
        StoredVerifier verifier = StoredVerifier.ofHex("ab", "cdef");
        ConfigEdit done;
        try {
            done = apply(edit, new ConfigEditor(FILE, CLOCK), verifier);
        } catch (ConfigException e) {
            assertThat(Files.readAllBytes(FILE)).isEqualTo(before);
            assertOnlyTheFile();
            return;
        }
        byte[] after = Files.readAllBytes(FILE);

        assertThat(meaning(after).toString())
                .isEqualTo(expected(edit, meaning(before), verifier).toString());
        assertThat(SourceReader.isPlainJson(after)).isTrue();
        assertThat(done.backup().isPresent()).isEqualTo(!SourceReader.isPlainJson(before));
        if (done.backup().isPresent()) {
            assertThat(Files.readAllBytes(done.backup().get())).isEqualTo(before);
            Files.delete(done.backup().get());
        }
        assertOnlyTheFile();
        assertThat(isReadable()).isEqualTo(readable);
    }

    /** Profiles that are no objects are no business of the editor. */
    private static boolean isReadable() {
        try {
            ConfigReader.read(FILE);
            return true;
        } catch (ConfigException e) {
            return false;
        }
    }

    private static ConfigEdit apply(int edit, ConfigEditor editor, StoredVerifier verifier)
            throws ConfigException, IOException {
        return switch (edit) {
            case 0 -> editor.addUser(USER, verifier);
            case 1 -> editor.changeUser(USER, verifier);
            case 2 -> editor.putUser(USER, verifier);
            default -> editor.removeUser(USER);
        };
    }

    /** Tells the same of a file before and after as what it means: members in their order, numbers in their digits. */
    private static Map<String, Object> meaning(byte[] bytes) throws ConfigException {
        return members(SourceReader.parse(FILE, bytes).root());
    }

    private static Map<String, Object> members(ObjectValue object) {
        Map<String, Object> members = new LinkedHashMap<>();
        object.members().forEach((key, value) -> members.put(key, meaning(value)));
        return members;
    }

    private static Object meaning(SourceValue value) {
        if (value instanceof ObjectValue object) {
            return members(object);
        }
        if (value instanceof ListValue list) {
            return list.elements().stream().map(ConfigEditorFuzzTest::meaning).toList();
        }
        if (value instanceof TextValue text) {
            return text(text.text());
        }
        if (value instanceof NumberValue number) {
            return number.literal();
        }
        return value instanceof FlagValue flag ? flag.value() : "null";
    }

    private static String text(String content) {
        return '"' + content + '"';
    }

    @SuppressWarnings("unchecked") // Whatever is an object became a map from texts.
    private static Map<String, Object> expected(int edit, Map<String, Object> before, StoredVerifier verifier) {
        Map<String, Object> expected = new LinkedHashMap<>(before);
        Map<String, Object> users = new LinkedHashMap<>();
        if (before.get("users") instanceof Map<?, ?> known) {
            users.putAll((Map<String, Object>) known);
        }
        if (edit == EDITS - 1) {
            users.remove(USER);
        } else {
            Map<String, Object> user = new LinkedHashMap<>();
            if (users.get(USER) instanceof Map<?, ?> known) {
                user.putAll((Map<String, Object>) known);
            }
            user.put("authsrp", List.of(text(verifier.saltHex()), text(verifier.verifierHex())));
            users.put(USER, user);
        }
        expected.put("users", users);
        return expected;
    }

    private static void assertOnlyTheFile() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(DIRECTORY)) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        }
        assertThat(names).containsExactlyInAnyOrder("sksync.json", ".sksync.json.lock");
    }
}
