package org.sksync.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a client profile asks for with {@code sync_type}. The constants bear the names of the wire's own sync types
 * (protocol: sync types).
 */
public enum ProfileSyncType {
    /** Newer files travel both ways; {@code bidirectional_use_time}. */
    BIDIRECTIONAL_USE_TIME("0"),
    /** Newer files travel to the server; {@code to_server_use_time}. */
    TO_SERVER_USE_TIME("1"),
    /** Newer files travel to the client; {@code from_server_use_time}, the default. */
    FROM_SERVER_USE_TIME("2"),
    /** Files that the other side lacks travel both ways; {@code bidirectional_no_time}. */
    BIDIRECTIONAL_NO_TIME("3"),
    /** Files that the server lacks travel to it; {@code to_server_no_time}. */
    TO_SERVER_NO_TIME("4"),
    /** Files that the client lacks travel to it; {@code from_server_no_time}. */
    FROM_SERVER_NO_TIME("5");

    private final String digit;

    ProfileSyncType(String digit) {
        this.digit = digit;
    }

    /** Returns the name used in sksync.json. */
    public String token() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds the type that {@code text} names. Besides the names it takes the wire's digit, with or without a line feed:
     * pysksync knew nothing else, so that is what its users' files hold.
     */
    static Optional<ProfileSyncType> fromText(String text) {
        String withoutLineFeed = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        return Arrays.stream(values())
                .filter(type -> type.token().equals(text) || type.digit.equals(withoutLineFeed))
                .findFirst();
    }
}
