package org.sksync.cli.service;

import java.nio.file.Path;

/**
 * How a service that is installed does.
 *
 * @param role which part of the program
 * @param scope whose service
 * @param file what the system is told by
 * @param startsByItself whether it starts with the machine, or with the login
 * @param runs whether it runs now
 */
public record ServiceState(ServiceRole role, ServiceScope scope, Path file, boolean startsByItself, boolean runs) {

    /** Returns it in a sentence. */
    public String words() {
        String whose = scope == ServiceScope.SYSTEM ? "the machine's " : "your ";
        String start = scope == ServiceScope.SYSTEM ? "with the machine" : "when you log in";
        return whose + role.word() + ": installed (" + file + "), "
                + (startsByItself ? "starts " + start : "does not start by itself") + ", "
                + (runs ? "running" : "not running");
    }
}
