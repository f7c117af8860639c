package org.sksync.cli.command;

/** The program's exit codes, in the order of how bad they are; of several profiles the worst one counts. */
public enum ExitCode {
    /** All done. */
    DONE(0),
    /** Done, but files were left out. */
    PARTIAL(3),
    /** Another run syncs the folder; it was left alone. */
    BUSY(11),
    /** The server can't be reached, or the connection ended too early. */
    NETWORK(5),
    /** A directory was refused, or is missing. */
    PATH(8),
    /** The login failed, or TLS did. */
    IDENTITY(6),
    /** Anything else went wrong. */
    ERROR(1),
    /** The command line or the configuration is wrong. */
    USAGE(2),
    /** Interrupted, as by Ctrl-C. */
    INTERRUPTED(130);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** Returns the number that the process ends with. */
    public int code() {
        return code;
    }

    /** Returns the worse of the two. */
    public ExitCode worse(ExitCode other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
