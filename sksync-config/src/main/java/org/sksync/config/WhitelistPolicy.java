package org.sksync.config;

import java.util.Locale;

/** What a server does when a client asks for a directory that it does not offer. */
public enum WhitelistPolicy {
    /** The connection ends; {@code deny}, the default. */
    DENY,
    /** The first directory of the list takes the place of the one asked for; {@code silent}. */
    SILENT;

    /** Returns the name used in sksync.json. */
    public String token() {
        return name().toLowerCase(Locale.ROOT);
    }
}
