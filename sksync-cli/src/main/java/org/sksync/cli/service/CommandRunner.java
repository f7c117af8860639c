package org.sksync.cli.service;

import java.util.List;

/** Runs the commands of the system that keeps services. */
@FunctionalInterface
public interface CommandRunner {

    /**
     * How a command ended.
     *
     * @param exitCode its exit code; 127 if there is no such command
     * @param output what it wrote, both streams, without line breaks around
     */
    record Ended(int exitCode, String output) {

        boolean worked() {
            return exitCode == 0;
        }
    }

    /** Runs a command to its end. */
    Ended run(List<String> words);
}
