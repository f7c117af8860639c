package org.sksync.cli.command;

import java.util.Properties;

/**
 * Sets up the log on standard error, and what Netty finds out at its start; before the first line is logged and the
 * first class of Netty's is used. What the command line of the JVM has set stays.
 */
public final class Logging {

    private static final String PREFIX = "org.slf4j.simpleLogger.";

    private Logging() {}

    /** Sets up a daemon: a line a session and warnings, or everything, each with its time. */
    public static void ofDaemon(boolean debug) {
        level(debug);
        set(PREFIX + "showDateTime", "true");
        set(PREFIX + "dateTimeFormat", "yyyy-MM-dd HH:mm:ss.SSS");
    }

    /** Sets up a client; its lines bear no time, since the calendar and its names cost a start more than the sync. */
    public static void ofClient(boolean debug) {
        level(debug);
    }

    private static void level(boolean debug) {
        set("slf4j.provider", "org.slf4j.simple.SimpleServiceProvider");
        set("slf4j.internal.verbosity", "WARN");
        set(PREFIX + "defaultLogLevel", debug ? "debug" : "info");
        set(PREFIX + "log.io.netty", "warn");
        set(PREFIX + "showThreadName", "false");
        set(PREFIX + "showLogName", "false");
    }

    private static void set(String key, String value) {
        Properties properties = System.getProperties();
        properties.putIfAbsent(key, value);
    }
}
