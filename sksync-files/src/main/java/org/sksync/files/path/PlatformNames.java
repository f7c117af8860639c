package org.sksync.files.path;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.sksync.files.path.PathRefusedException.Reason;

/**
 * The rules for file names that differ between platforms.
 *
 * <p>Two outcomes are kept apart: a name that is hostile here is refused by {@link #parse} and ends the connection; a
 * name that this platform merely can't hold, or that would trouble the peers, has a {@link #whyNotStorable} and costs
 * that one file.
 */
public enum PlatformNames {
    /** Linux, macOS and everything else with {@code /} between the parts of a path. */
    POSIX,
    /** Windows, where a backslash separates parts and many names mean devices or streams. */
    WINDOWS;

    /** The longest part that can be stored, in bytes of UTF-8. */
    public static final int MAX_PART_BYTES = 255;

    /** The longest whole name that can be stored, in bytes of UTF-8. */
    public static final int MAX_PATH_BYTES = 4096;

    /** The largest number of parts in a name that can be stored. */
    public static final int MAX_DEPTH = 64;

    static final String WINDOWS_FORBIDDEN = "<>:\"|?*";
    private static final Set<String> WINDOWS_DEVICES = Set.of("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$");
    private static final String DEVICE_DIGITS = "0123456789\u00B9\u00B2\u00B3";
    private static final int SHORT_NAME_BASE = 8;
    private static final int SHORT_NAME_EXTENSION = 3;

    /** Returns the rules for the file system of this process. */
    public static PlatformNames current() {
        return of(FileSystems.getDefault());
    }

    /** Returns the rules for a file system, judged by its separator. */
    public static PlatformNames of(FileSystem fileSystem) {
        return fileSystem.getSeparator().equals("\\") ? WINDOWS : POSIX;
    }

    /**
     * Returns the checked form of a name that a peer sent; the way in for every name from the wire.
     *
     * @throws PathRefusedException if {@link RelativePath#of} refuses the name, or it holds a character that separates
     *     parts on this platform
     */
    public RelativePath parse(String text) throws PathRefusedException {
        RelativePath path = RelativePath.of(text);
        if (this == WINDOWS && text.indexOf('\\') >= 0) {
            throw new PathRefusedException(
                    Reason.BACKSLASH,
                    "name: \"" + path + "\" holds a backslash, which separates parts on this platform");
        }
        return path;
    }

    /**
     * Returns why a file of this name can't be kept on this platform, or empty if it can. The text completes the
     * sentence "the name ..." and is safe to log.
     *
     * <p>Everywhere: too long, too deep, a backslash (it separates parts for a Windows peer), a control character. On
     * Windows also: a forbidden character or stream, a trailing dot or space, the name of a device, a short (8.3) name.
     */
    public Optional<String> whyNotStorable(RelativePath path) {
        String text = path.text();
        boolean plain = PlainText.is(text);
        if (isLonger(text, 0, text.length(), plain, MAX_PATH_BYTES)) {
            return Optional.of("is longer than " + MAX_PATH_BYTES + " bytes");
        }
        int depth = 0;
        int start = 0;
        while (start <= text.length()) {
            int slash = text.indexOf('/', start);
            int end = slash < 0 ? text.length() : slash;
            Optional<String> reason = whyNotStorablePart(text, start, end, plain);
            if (reason.isPresent()) {
                return reason;
            }
            depth++;
            start = end + 1;
        }
        return depth > MAX_DEPTH
                ? Optional.of("has " + depth + " parts (expected: at most " + MAX_DEPTH + ")")
                : Optional.empty();
    }

    /** Returns whether names that differ only in case name different files as far as filters go. */
    public boolean isCaseSensitive() {
        return this == POSIX;
    }

    private Optional<String> whyNotStorablePart(String text, int start, int end, boolean plain) {
        if (isLonger(text, start, end, plain, MAX_PART_BYTES)) {
            return Optional.of("has a part longer than " + MAX_PART_BYTES + " bytes");
        }
        for (int i = start; i < end && !plain; i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                return Optional.of("holds a backslash");
            }
            if (Character.isISOControl(c)) {
                return Optional.of("holds a control character");
            }
            if (this == WINDOWS && WINDOWS_FORBIDDEN.indexOf(c) >= 0) {
                return Optional.of("holds the character " + c + ", which Windows forbids");
            }
        }
        return this == WINDOWS ? whyNotStorableOnWindows(text.substring(start, end)) : Optional.empty();
    }

    private static Optional<String> whyNotStorableOnWindows(String part) {
        char last = part.charAt(part.length() - 1);
        if (last == '.' || last == ' ') {
            return Optional.of("has a part that ends in a dot or a space, which Windows drops");
        }
        int dot = part.indexOf('.');
        String base = (dot < 0 ? part : part.substring(0, dot)).stripTrailing().toUpperCase(Locale.ROOT);
        if (isDevice(base)) {
            return Optional.of("has a part that names the Windows device " + base);
        }
        if (isShortName(part)) {
            return Optional.of("has a part that looks like a short name of another file");
        }
        return Optional.empty();
    }

    private static boolean isDevice(String base) {
        return WINDOWS_DEVICES.contains(base)
                || (base.length() == 4
                        && List.of("COM", "LPT").contains(base.substring(0, 3))
                        && DEVICE_DIGITS.indexOf(base.charAt(3)) >= 0);
    }

    private static boolean isShortName(String part) {
        int dot = part.lastIndexOf('.');
        String base = dot < 0 ? part : part.substring(0, dot);
        String extension = dot < 0 ? "" : part.substring(dot + 1);
        int tilde = base.lastIndexOf('~');
        return tilde > 0
                && tilde < base.length() - 1
                && base.length() <= SHORT_NAME_BASE
                && extension.length() <= SHORT_NAME_EXTENSION
                && base.substring(tilde + 1).chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isLonger(String text, int start, int end, boolean plain, int maxBytes) {
        if (plain) {
            return end - start > maxBytes;
        }
        int bytes = 0;
        for (int i = start; i < end && bytes <= maxBytes; i++) {
            char c = text.charAt(i);
            // Each half of a surrogate pair stands for two of the four bytes.
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes > maxBytes;
    }
}
