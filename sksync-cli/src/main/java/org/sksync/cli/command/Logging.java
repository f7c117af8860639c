package org.sksync.cli.command;

/** Sets up the log on standard error; before the first line is logged. */
public final class Logging {

    private static final String PREFIX = "org.slf4j.simpleLogger.";

    private Logging() {}

    /** Sets the level: a line a session and warnings, or everything. */
    public static void level(boolean debug) {
        System.setProperty(PREFIX + "defaultLogLevel", debug ? "debug" : "info");
        System.setProperty(PREFIX + "log.io.netty", "warn");
        System.setProperty(PREFIX + "showDateTime", "true");
        System.setProperty(PREFIX + "dateTimeFormat", "yyyy-MM-dd HH:mm:ss.SSS");
        System.setProperty(PREFIX + "showThreadName", "false");
        System.setProperty(PREFIX + "showLogName", "false");
    }
}
