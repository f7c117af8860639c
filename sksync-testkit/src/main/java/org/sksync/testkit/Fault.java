package org.sksync.testkit;

/** What a {@link ScriptedPeer} does to a message instead of sending it as it should. */
public enum Fault {
    /** Closes the connection instead: nothing of the message is sent. */
    CLOSE,
    /** Ends its own sending instead and goes on reading. */
    HALF_CLOSE,
    /** Resets the connection instead (TCP RST). */
    RESET,
    /** Sends nothing, and nothing ever again, on a connection that stays open. It may still read. */
    STALL,
    /** Sends as many random bytes instead, always the same ones, and goes on. */
    GARBAGE,
    /** Sends the first half, rounded down, and closes. */
    TRUNCATE,
    /** Sends the message twice and goes on. */
    DUPLICATE,
    /** Sends the whole message, one byte every 5 ms, and goes on. */
    SLOW
}
