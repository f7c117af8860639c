package org.sksync.cli.command;

/** Opens the terminal that a command prints to. */
@FunctionalInterface
public interface Terminals {

    /** Returns the terminal; with {@code debug}, errors come with a stack trace. */
    Terminal open(boolean debug);
}
