package org.sksync.soak;

import java.nio.file.Path;
import java.time.Duration;
import org.sksync.testkit.load.Script;

/** What clients say in the clear or inside TLS to get into each state of a session, in the words of pysksync 2. */
final class Words {
    private static final String START = "PYSKSYNC SRP START:616e6e ";
    private static final String GREETING = "pysksync 2\n";

    private Words() {}

    static Script greeted() {
        return Script.SILENT.say(GREETING).awaitLines(1);
    }

    /** Asks for a directory; the type is one of the wire's digits, 1 to give and 2 to take. */
    static Script requested(char type, Path directory) {
        return greeted().say(type + "\n0\n" + directory + "\n/load\n").awaitLines(1);
    }

    /** Gets as far as the server's request for a file that only this client has. */
    static Script requestedFile(Path directory, String name) {
        return requested('1', directory).say("1700000000000 " + name + "\n\n").awaitLines(1);
    }

    /** The server's challenge is there; the proof is due. */
    static Script challenged() {
        return Script.SILENT.say(START + "2".repeat(512) + "\n").awaitLines(1);
    }

    /** States in which a client can dawdle, and how it does. */
    enum Dawdling {
        /** The TLS handshake; needs a connection without TLS to a port with it. */
        TLS {
            @Override
            Script script(Path directory, String unique) {
                return slowly(
                        Script.SILENT,
                        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003" + "r".repeat(500));
            }
        },
        FIRST_LINE {
            @Override
            Script script(Path directory, String unique) {
                return slowly(Script.SILENT, START);
            }
        },
        LOGIN_START {
            @Override
            Script script(Path directory, String unique) {
                return slowly(Script.SILENT.say(START), "2");
            }
        },
        LOGIN_PROOF {
            @Override
            Script script(Path directory, String unique) {
                return slowly(challenged(), "a");
            }
        },
        TYPE {
            @Override
            Script script(Path directory, String unique) {
                return slowly(greeted(), "1");
            }
        },
        PATHS {
            @Override
            Script script(Path directory, String unique) {
                return slowly(greeted().say("1\n0\n"), "/p");
            }
        },
        LISTING {
            @Override
            Script script(Path directory, String unique) {
                return slowly(requested('1', directory), "1700000000000 " + unique);
            }
        },
        FILE_LENGTH {
            @Override
            Script script(Path directory, String unique) {
                return slowly(requestedFile(directory, unique), "0");
            }
        },
        BODY {
            @Override
            Script script(Path directory, String unique) {
                return slowly(requestedFile(directory, unique).say("1000000\n"), "b");
            }
        },
        CHECKSUM {
            @Override
            Script script(Path directory, String unique) {
                return slowly(requestedFile(directory, unique).say("5\nhello"), "a");
            }
        },
        /** Takes nothing of what it asked for; the directory holds more than the sockets do. */
        STALLED_READER {
            @Override
            Script script(Path directory, String unique) {
                return requested('2', directory).stopReading().say("\n");
            }
        };

        private static final Duration A_BYTE = Duration.ofSeconds(1);

        /** Returns how to get there and how to dawdle there. */
        abstract Script script(Path directory, String unique);

        private static Script slowly(Script before, String text) {
            return before.trickle(text, A_BYTE);
        }
    }
}
