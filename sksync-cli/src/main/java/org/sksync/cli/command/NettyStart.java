package org.sksync.cli.command;

/**
 * What Netty finds out at its start without a use for a client: before its first class is used. What is set already
 * stays.
 */
final class NettyStart {

    private NettyStart() {}

    static void ofClient() {
        // Names of channels that nobody reads: Netty would ask for the network cards, and start a thread for the
        // process.
        set("io.netty.machineId", "00:00:00:00:00:00:00:01");
        set("io.netty.processId", "1");
        // Its events for Flight Recorder are classes that no archive holds.
        set("io.netty.jfr.enabled", "false");
    }

    private static void set(String key, String value) {
        System.getProperties().putIfAbsent(key, value);
    }
}
