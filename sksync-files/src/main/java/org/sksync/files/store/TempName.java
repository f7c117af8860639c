package org.sksync.files.store;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of something in a staging directory that this program made there. What has another name is somebody else's.
 *
 * <pre>
 * token "-" random ".part"   an unfinished file, or a replaced one on its way to where it is kept
 * token "-" random ".dir"    a directory on its way to its place
 * token ".lock"              the sign that the owner of the token lives
 * random ".part"             an unfinished file of version 0.1
 * </pre>
 *
 * @param token whose it is; empty for a file of version 0.1
 * @param kind what it is
 */
record TempName(Optional<String> token, Kind kind) {
    /** What such a name stands for. */
    enum Kind {
        /** A file. */
        PART,
        /** A directory. */
        DIR,
        /** A locked file. */
        LOCK
    }

    private static final int RANDOM_BYTES = 16;
    private static final Pattern OWNED = Pattern.compile("([0-9a-f]{32})-[0-9a-f]{32}\\.(part|dir)");
    private static final Pattern LOCK = Pattern.compile("([0-9a-f]{32})\\.lock");
    private static final Pattern OLD = Pattern.compile("[0-9a-f]{32}\\.part");

    /** Returns what a name says; empty if it is none of ours. */
    static Optional<TempName> parse(String name) {
        Matcher owned = OWNED.matcher(name);
        if (owned.matches()) {
            return Optional.of(
                    new TempName(Optional.of(owned.group(1)), owned.group(2).equals("dir") ? Kind.DIR : Kind.PART));
        }
        Matcher lock = LOCK.matcher(name);
        if (lock.matches()) {
            return Optional.of(new TempName(Optional.of(lock.group(1)), Kind.LOCK));
        }
        return OLD.matcher(name).matches() ? Optional.of(new TempName(Optional.empty(), Kind.PART)) : Optional.empty();
    }

    /** Returns a name that can't be guessed. */
    static String part(String token, SecureRandom random) {
        return drawn(token, random) + ".part";
    }

    static String dir(String token, SecureRandom random) {
        return drawn(token, random) + ".dir";
    }

    static String lock(String token) {
        return token + ".lock";
    }

    private static String drawn(String token, SecureRandom random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return token + "-" + HexFormat.of().formatHex(bytes);
    }
}
