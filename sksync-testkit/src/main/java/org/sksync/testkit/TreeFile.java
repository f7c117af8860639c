package org.sksync.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Objects;

/** One regular file of a test tree: its bytes and its time. Equal when both are equal. */
public final class TreeFile {
    private static final int SHOWN_BYTES = 60;

    private final byte[] content;
    private final long mtimeSeconds;

    private TreeFile(byte[] content, long mtimeSeconds) {
        this.content = content;
        this.mtimeSeconds = mtimeSeconds;
    }

    /**
     * Returns a file with these bytes.
     *
     * @param content copied
     * @param mtimeSeconds seconds since 1970-01-01 UTC, may be negative
     */
    public static TreeFile of(byte[] content, long mtimeSeconds) {
        return new TreeFile(content.clone(), mtimeSeconds);
    }

    /**
     * Returns a file that holds this text in UTF-8.
     *
     * @param mtimeSeconds seconds since 1970-01-01 UTC, may be negative
     */
    public static TreeFile text(String content, long mtimeSeconds) {
        return new TreeFile(content.getBytes(UTF_8), mtimeSeconds);
    }

    /** Returns a copy of the bytes. */
    public byte[] content() {
        return content.clone();
    }

    /** Returns the length in bytes. */
    public int length() {
        return content.length;
    }

    /** Returns the last modification in whole seconds since 1970-01-01 UTC. */
    public long mtimeSeconds() {
        return mtimeSeconds;
    }

    /** Returns the same content at another time. */
    public TreeFile at(long otherMtimeSeconds) {
        return new TreeFile(content, otherMtimeSeconds);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TreeFile file
                && mtimeSeconds == file.mtimeSeconds
                && Arrays.equals(content, file.content);
    }

    @Override
    public int hashCode() {
        return Objects.hash(mtimeSeconds, Arrays.hashCode(content));
    }

    @Override
    public String toString() {
        return content.length + " bytes at " + mtimeSeconds + ' ' + Quoted.start(content, SHOWN_BYTES);
    }
}
