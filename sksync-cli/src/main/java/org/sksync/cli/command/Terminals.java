package org.sksync.cli.command;

/** Opens the terminal that a command prints to. */
@FunctionalInterface
public interface Terminals {

    /** Returns the terminal that shows things so. */
    Terminal open(Display display);
}
