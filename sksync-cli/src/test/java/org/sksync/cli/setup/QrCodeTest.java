package org.sksync.cli.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QrCodeTest {

    private static final int PIXELS = 6;

    /** Draws the characters as a terminal with light letters on a dark ground does, and reads that with a camera's eyes. */
    private static String read(List<String> lines) throws Exception {
        int columns = lines.get(0).length();
        int width = columns * PIXELS;
        int height = lines.size() * 2 * PIXELS;
        int[] pixels = new int[width * height];
        Arrays.fill(pixels, 0xFF000000);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                char character = lines.get(y / PIXELS / 2).charAt(x / PIXELS);
                boolean upper = y / PIXELS % 2 == 0;
                if (character == '\u2588' || character == (upper ? '\u2580' : '\u2584')) {
                    pixels[y * width + x] = 0xFFFFFFFF;
                }
            }
        }
        return new QRCodeReader()
                .decode(new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels))))
                .getText();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "sksync://me:one-two-three-four-five-six@192.168.1.10:23456/home/me/notes?fp="
                        + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef&host=desk",
                "K\u00fcche \u9152"
            })
    void canBeReadFromTheScreen(String text) throws Exception {
        assertThat(read(QrCode.of(text))).isEqualTo(text);
    }

    @Test
    void hasAFrameOfLightModulesAndLinesOfOneWidth() throws Exception {
        List<String> lines = QrCode.of("x");

        assertThat(lines).allMatch(line -> line.length() == 21 + 4);
        assertThat(lines.get(0)).isEqualTo("\u2588".repeat(25));
        assertThat(lines).allMatch(line -> line.matches("[\u2588\u2580].*[\u2588\u2580]"));
    }

    @Test
    void fitsAnOrdinaryTerminalWithAnInvitation() throws Exception {
        String line = "sksync://somebody:%s@192.168.1.10:23456/home/somebody/documents?fp=%s&host=desk"
                .formatted("abcdefg-".repeat(6), "0".repeat(64));

        assertThat(QrCode.of(line).get(0).length()).isLessThanOrEqualTo(80);
    }

    @Test
    void refusesWhatNoCodeHolds() {
        assertThatExceptionOfType(SetupException.class).isThrownBy(() -> QrCode.of("x".repeat(3000)));
    }

    @Test
    void holdsTheLongestInvitation() throws Exception {
        assertThat(QrCode.of("x".repeat(Invitation.MAX_CHARS))).isNotEmpty();
    }
}
