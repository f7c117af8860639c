package org.sksync.cli.command;

import java.util.Properties;

/** Sets up the log on standard error; before the first line is logged. What is set already stays. */
final class Logging {

    private static final String PREFIX = "org.slf4j.simpleLogger.";

    private Logging() {}

    /** Sets up a daemon's log: a line a session and warnings, or everything, each with its time. */
    static void ofDaemon(boolean debug) {
        of(debug);
        set(PREFIX + "showDateTime", "true");
        set(PREFIX + "dateTimeFormat", "yyyy-MM-dd HH:mm:ss.SSS");
    }

    /** Sets up a client's log: warnings without a time, since calendars and their names cost a start 20 ms. */
    static void ofClient(boolean debug) {
        of(debug);
    }

    private static void of(boolean debug) {
        // Naming it saves the search for it in the whole jar; slf4j would say that it was named.
        set("slf4j.provider", "org.slf4j.simple.SimpleServiceProvider");
        set("slf4j.internal.verbosity", "WARN");
        set(PREFIX + "defaultLogLevel", debug ? "debug" : "info");
        set(PREFIX + "log.io.netty", "warn");
        // It logs what strangers send byte by byte, and what it can't read with stack traces.
        set(PREFIX + "log.javax.jmdns", "off");
        set(PREFIX + "showThreadName", "false");
        set(PREFIX + "showLogName", "false");
    }

    private static void set(String key, String value) {
        Properties properties = System.getProperties();
        properties.putIfAbsent(key, value);
    }
}
