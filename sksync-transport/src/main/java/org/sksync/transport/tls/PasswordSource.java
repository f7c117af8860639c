package org.sksync.transport.tls;

import java.nio.file.Path;

/** Where the password of an encrypted key file comes from: the console, mostly. Asked only when a key is encrypted. */
@FunctionalInterface
public interface PasswordSource {

    /**
     * Returns the password of a key file, or an empty array if there is none to be had. The caller wipes the array.
     *
     * @param keyFile the file as it is named in the configuration
     */
    char[] passwordFor(Path keyFile);
}
