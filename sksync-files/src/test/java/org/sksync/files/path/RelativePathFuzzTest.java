package org.sksync.files.path;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any text as a name, on both kinds of platform: what is accepted lies below the root, part by part and as a whole, and
 * comes back from the path as the text that it was; what is refused is refused with words that are safe to log. The
 * first byte of an input picks the encoding of the rest.
 */
class RelativePathFuzzTest {

    private static final Path POSIX_ROOT = Path.of("/srv/tree");
    private static final Path WINDOWS_ROOT =
            Jimfs.newFileSystem(Configuration.windows()).getPath("C:\\srv\\tree");

    static Stream<byte[]> names() {
        Stream<byte[]> texts = Stream.of(
                        "a",
                        "a/b/c",
                        "..",
                        ".",
                        "...",
                        "../a",
                        "a/../b",
                        "a/..",
                        "./a",
                        "a//b",
                        "a/",
                        "/a",
                        "//host/share",
                        "\\a",
                        "\\\\host\\share",
                        "\\\\?\\C:\\a",
                        "C:",
                        "C:a",
                        "c:\\a",
                        "a:b",
                        "a\\..\\..\\b",
                        "dir/a<b",
                        "dot.",
                        "space ",
                        ". ",
                        ".. ",
                        "CON",
                        "con.txt",
                        "Aux .txt",
                        "COM\u00b9",
                        "PROGRA~1",
                        "a::$DATA",
                        ".sksync",
                        ".SKSYNC/a",
                        "a/.sksync",
                        ".s\u212async",
                        ".\u017fksync",
                        "a\u0000b",
                        "a\nb",
                        "a\rb",
                        "\u001b[2J",
                        "\u202egnp.exe",
                        "e\u0301",
                        "日本語/русский",
                        "👩\u200d💻",
                        "a/".repeat(70) + "b",
                        "x".repeat(256),
                        "ä".repeat(128))
                .map(text -> input(0, text, UTF_8));
        Stream<byte[]> halves = Stream.of("a\ud800b", "\udc00", "\ud83d/\ude00").map(text -> input(1, text, UTF_16BE));
        return Stream.concat(texts, halves);
    }

    private static byte[] input(int choice, String text, Charset charset) {
        byte[] encoded = UTF_16BE.equals(charset) ? units(text) : text.getBytes(charset);
        byte[] input = new byte[encoded.length + 1];
        input[0] = (byte) choice;
        System.arraycopy(encoded, 0, input, 1, encoded.length);
        return input;
    }

    private static byte[] units(String text) {
        byte[] units = new byte[2 * text.length()];
        for (int i = 0; i < text.length(); i++) {
            units[2 * i] = (byte) (text.charAt(i) >> 8);
            units[2 * i + 1] = (byte) text.charAt(i);
        }
        return units;
    }

    /** Reads UTF-8, or UTF-16 in which halves of surrogate pairs stay what they are. */
    private static String text(byte[] input) {
        if (input.length == 0) {
            return "";
        }
        byte[] encoded = Arrays.copyOfRange(input, 1, input.length);
        if (input[0] % 2 == 0) {
            return new String(encoded, UTF_8);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i + 1 < encoded.length; i += 2) {
            text.append((char) ((encoded[i] & 0xff) << 8 | (encoded[i + 1] & 0xff)));
        }
        return text.toString();
    }

    @MethodSource("names")
    @FuzzTest
    void acceptsOnlyWhatLiesBelowTheRoot(byte[] input) {
        String text = text(input);
        for (PlatformNames names : PlatformNames.values()) {
            RelativePath path;
            try {
                path = names.parse(text);
            } catch (PathRefusedException e) {
                assertSafe(e.getMessage());
                continue;
            }
            assertThat(path.text()).isEqualTo(text);
            assertThat(String.join("/", path.parts())).isEqualTo(text);
            assertThat(path.parts().stream().noneMatch(RelativePathFuzzTest::isHostile))
                    .isTrue();
            assertThat(path.name()).isEqualTo(path.parts().get(path.parts().size() - 1));
            assertSafe(path.toString());
            Optional<String> why = names.whyNotStorable(path);
            why.ifPresent(RelativePathFuzzTest::assertSafe);
            if (why.isEmpty()) {
                assertBelow(names == PlatformNames.POSIX ? POSIX_ROOT : WINDOWS_ROOT, path);
            }
        }
    }

    private static boolean isHostile(String part) {
        return part.isEmpty()
                || part.equals(".")
                || part.equals("..")
                || part.equalsIgnoreCase(RelativePath.STAGING_NAME);
    }

    private static void assertBelow(Path root, RelativePath path) {
        Path whole = root.resolve(path.text());
        Path partByPart = root;
        for (String part : path.parts()) {
            partByPart = partByPart.resolve(part);
        }
        assertThat(partByPart.equals(whole)).isTrue();
        assertThat(whole.startsWith(root)).isTrue();
        assertThat(whole.normalize().equals(whole)).isTrue();
        StringJoiner again = new StringJoiner("/");
        for (int i = root.getNameCount(); i < whole.getNameCount(); i++) {
            again.add(whole.getName(i).toString());
        }
        assertThat(again.toString()).isEqualTo(path.text());
    }

    private static void assertSafe(String shown) {
        assertThat(shown.codePoints().allMatch(RelativePathFuzzTest::isSafe))
                .as(shown)
                .isTrue();
    }

    private static boolean isSafe(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
