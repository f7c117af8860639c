package org.sksync.useredit.edit;

/** What the process ends with; the same numbers as those of sksync. */
final class ExitCodes {

    static final int DONE = 0;
    static final int ERROR = 1;
    static final int USAGE = 2;
    static final int DOES_NOT_FIT = 6;
    static final int INTERRUPTED = 130;

    private ExitCodes() {}
}
