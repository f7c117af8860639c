package org.sksync.client.config;

import org.sksync.protocol.srp.UserName;

/** Who logs in, and with what. Its text names the user alone. */
public final class Credentials {

    private final UserName user;
    private final char[] password;

    /** Creates credentials with a copy of {@code password}. */
    public Credentials(UserName user, char[] password) {
        this.user = user;
        this.password = password.clone();
    }

    /** Returns who logs in. */
    public UserName user() {
        return user;
    }

    /** Returns a copy of the password. */
    public char[] password() {
        return password.clone();
    }

    @Override
    public String toString() {
        return "Credentials[" + user.value() + "]";
    }
}
