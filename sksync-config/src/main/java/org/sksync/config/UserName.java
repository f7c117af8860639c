package org.sksync.config;

import java.nio.charset.StandardCharsets;

/** The rule for the names of users: what can be logged in with. */
final class UserName {

    /** The longest name, in bytes of UTF-8. */
    static final int MAX_BYTES = 255;

    private static final char LOST = '\ufffd';

    private UserName() {}

    /**
     * Returns {@code name} as it is.
     *
     * @throws ConfigException if it is empty, is longer than {@value #MAX_BYTES} bytes in UTF-8, or holds a control
     *     character or U+FFFD
     */
    static String checked(String name) throws ConfigException {
        if (!isValid(name)) {
            throw new ConfigException("the user name " + Quoted.quoted(name)
                    + " can't be used; it must have 1 to 255 bytes in UTF-8 and no control character and no"
                    + " U+FFFD, which stands for a character that could not be read");
        }
        return name;
    }

    static boolean isValid(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_BYTES
                && StandardCharsets.UTF_8.newEncoder().canEncode(name)
                && name.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES
                && name.chars().noneMatch(Character::isISOControl)
                && name.indexOf(LOST) < 0;
    }
}
