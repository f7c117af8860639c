package org.sksync.useredit.edit;

import java.io.InputStream;
import java.util.Optional;

/** Where a person is asked. Used by one thread. */
public interface Terminal {

    /** Returns whether somebody is there to be asked. */
    boolean isInteractive();

    /** Asks for a line of text; empty at the end of input. Only where {@link #isInteractive}. */
    Optional<String> line(String prompt);

    /**
     * Asks for a password, which does not appear on the screen; empty at the end of input. Only where {@link
     * #isInteractive}. The caller overwrites the array when it is done with it.
     */
    Optional<char[]> password(String prompt);

    /** Returns what {@code --password-stdin} reads; the caller does not close it. */
    InputStream standardInput();
}
