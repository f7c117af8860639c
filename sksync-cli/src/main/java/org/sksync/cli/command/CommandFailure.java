package org.sksync.cli.command;

/** A command can't go on; the message is one sentence for the user. */
final class CommandFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;
    private final String sentence;

    CommandFailure(ExitCode exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
        this.sentence = sentence;
    }

    CommandFailure(ExitCode exitCode, String sentence, Exception cause) {
        super(cause);
        this.exitCode = exitCode;
        this.sentence = sentence;
    }

    CommandFailure(ExitCode exitCode, Exception cause) {
        super(cause);
        this.exitCode = exitCode;
        this.sentence = String.valueOf(cause.getMessage());
    }

    CommandFailure(ExitCode exitCode, Exception cause, String nextStep) {
        super(cause);
        this.exitCode = exitCode;
        this.sentence = cause.getMessage() + nextStep;
    }

    String sentence() {
        return sentence;
    }

    ExitCode exitCode() {
        return exitCode;
    }
}
