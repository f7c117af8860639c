package org.sksync.cli.watch;

/** How a sync of a watched folder went, as far as the next one goes by it. */
public enum Outcome {
    /** It got to its end. */
    DONE,
    /** It failed; it may work later. */
    FAILED,
    /** The folder is not there; it is looked for. */
    MISSING,
    /** Whoever we are is refused; nothing but a person changes that, so there is no further one. */
    REFUSED,
    /** The process is being ended; there is no further one. */
    INTERRUPTED
}
