package org.sksync.cli.service;

/**
 * How a service that is installed does.
 *
 * @param role which part of the program
 * @param scope whose service
 * @param place the file that the system is told by, or the name that the system has for it
 * @param startsByItself whether it starts with the machine, or with the login
 * @param runs whether it runs now
 */
public record ServiceState(ServiceRole role, ServiceScope scope, String place, boolean startsByItself, boolean runs) {

    /** Returns it in a sentence. */
    public String words() {
        String whose = scope == ServiceScope.SYSTEM ? "the machine's " : "your ";
        String start = scope == ServiceScope.SYSTEM ? "with the machine" : "when you log in";
        return whose + role.word() + ": installed (" + place + "), "
                + (startsByItself ? "starts " + start : "does not start by itself") + ", "
                + (runs ? "running" : "not running");
    }
}
