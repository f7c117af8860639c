package org.sksync.useredit.edit;

import picocli.CommandLine;

/** Opens the report of a command. */
@FunctionalInterface
public interface Reports {

    /**
     * Returns where a command tells what it did.
     *
     * @param command the command, with the writers that it was given
     * @param debug whether an error comes with where in the code it is from
     */
    Report open(CommandLine command, boolean debug);
}
