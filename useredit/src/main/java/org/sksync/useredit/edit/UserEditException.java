package org.sksync.useredit.edit;

/** An end of the command before it did what it was asked for: what to say, and the exit code. */
final class UserEditException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    UserEditException(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    ExitCode exitCode() {
        return exitCode;
    }
}
