package org.sksync.config;

/**
 * Text that must not be shown, such as a password. Its {@link #toString} tells nothing, so that a record that holds one
 * can be logged. Immutable.
 */
public final class Secret {

    private final String text;

    /** Wraps {@code text}, which may be empty. */
    public Secret(String text) {
        this.text = text;
    }

    /** Returns the text itself; the caller must neither log nor show it. */
    public String reveal() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && text.equals(secret.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
