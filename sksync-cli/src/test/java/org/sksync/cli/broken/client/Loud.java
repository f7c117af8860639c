package org.sksync.cli.broken.client;

/** Uses what is the program's. */
final class Loud {

    private static int count;

    private Loud() {}

    static void print() {
        System.out.println(count++);
    }

    static void complain() {
        System.err.println("!");
    }

    static void end() {
        System.exit(1);
    }

    static String environment() {
        return String.valueOf(System.getenv("HOME"));
    }

    static void set() {
        System.setProperty("sksync.set", "1");
    }
}
