package org.sksync.cli.command;

/** Numbers of bytes, as a person reads them. */
final class ByteText {

    private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};

    private ByteText() {}

    static String of(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        int unit = unit(bytes);
        return tenths(bytes, unit) + " " + UNITS[unit];
    }

    /** Returns how much of a whole is there, both in the unit of the whole. */
    static String of(long bytes, long whole) {
        if (whole < 1000) {
            return bytes + " of " + whole + " B";
        }
        int unit = unit(whole);
        return tenths(bytes, unit) + " of " + tenths(whole, unit) + " " + UNITS[unit];
    }

    private static int unit(long bytes) {
        double value = bytes / 1000.0;
        int unit = 0;
        while (value >= 999.95 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return unit;
    }

    private static String tenths(long bytes, int unit) {
        double value = bytes / 1000.0;
        for (int i = 0; i < unit; i++) {
            value /= 1000;
        }
        long tenths = Math.round(value * 10);
        return tenths / 10 + "." + tenths % 10;
    }
}
