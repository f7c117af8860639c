package org.sksync.cli.setup;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A text as a QR code for a terminal with light letters on a dark ground: each character is one module wide and two high,
 * and what is light on paper is drawn. The frame of light modules that cameras look for is part of it.
 */
public final class QrCode {

    private static final int FRAME = 2;
    private static final String NEITHER = " ";
    private static final String UPPER = "\u2580";
    private static final String LOWER = "\u2584";
    private static final String BOTH = "\u2588";

    private QrCode() {}

    /**
     * Returns the lines of the picture, all of one width.
     *
     * @param text at most 2,900 bytes in UTF-8
     * @throws SetupException if it is longer
     */
    public static List<String> of(String text) throws SetupException {
        ByteMatrix modules;
        try {
            // It is read from a screen a hand's breadth away: nothing is soiled, and fewer modules are larger ones.
            modules = Encoder.encode(
                            text,
                            ErrorCorrectionLevel.L,
                            Map.of(EncodeHintType.CHARACTER_SET, StandardCharsets.UTF_8.name()))
                    .getMatrix();
        } catch (WriterException e) {
            throw new SetupException("the line is too long for a QR code");
        }
        List<String> lines = new ArrayList<>();
        for (int row = -FRAME; row < modules.getHeight() + FRAME; row += 2) {
            StringBuilder line = new StringBuilder();
            for (int column = -FRAME; column < modules.getWidth() + FRAME; column++) {
                line.append(character(isLight(modules, column, row), isLight(modules, column, row + 1)));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private static String character(boolean upper, boolean lower) {
        if (upper) {
            return lower ? BOTH : UPPER;
        }
        return lower ? LOWER : NEITHER;
    }

    private static boolean isLight(ByteMatrix modules, int column, int row) {
        boolean inside = column >= 0 && row >= 0 && column < modules.getWidth() && row < modules.getHeight();
        return inside ? modules.get(column, row) == 0 : row < modules.getHeight() + FRAME;
    }
}
