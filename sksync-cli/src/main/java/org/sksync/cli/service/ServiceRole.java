package org.sksync.cli.service;

/** Which part of the program runs as a service. */
public enum ServiceRole {
    /** {@code sksync server}. */
    DAEMON("daemon", "sksync", "SK Sync daemon"),
    /** {@code sksync watch}. */
    WATCH("watch", "sksync-watch", "SK Sync watching client");

    private final String word;
    private final String name;
    private final String title;

    ServiceRole(String word, String name, String title) {
        this.word = word;
        this.name = name;
        this.title = title;
    }

    /** Returns what it is called on the command line. */
    public String word() {
        return word;
    }

    /** Returns the name of its service, without an ending. */
    String serviceName() {
        return name;
    }

    /** Returns what lists of services show. */
    String title() {
        return title;
    }
}
