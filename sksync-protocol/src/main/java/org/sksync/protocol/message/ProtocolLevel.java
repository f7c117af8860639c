package org.sksync.protocol.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.Optional;

/** The protocol level that the client's greeting picks; it fixes the names' encoding and whether files carry a checksum. */
public enum ProtocolLevel {
    /** The Android app of 2009 and its Java server: {@code sksync 1}. */
    SKSYNC_1("sksync 1", Charset.forName("windows-1252"), Checksum.NONE, RequestPace.LOCKSTEP),
    /** UTF-8 names, no checksum: {@code pysksync 1}. */
    PYSKSYNC_1("pysksync 1", UTF_8, Checksum.NONE, RequestPace.AHEAD),
    /** UTF-8 names and an MD5 behind each file: {@code pysksync 2}. */
    PYSKSYNC_2("pysksync 2", UTF_8, Checksum.MD5, RequestPace.AHEAD);

    private final String greeting;
    private final Charset nameCharset;
    private final Checksum checksum;
    private final RequestPace requestPace;

    ProtocolLevel(String greeting, Charset nameCharset, Checksum checksum, RequestPace requestPace) {
        this.greeting = greeting;
        this.nameCharset = nameCharset;
        this.checksum = checksum;
        this.requestPace = requestPace;
    }

    /** Returns the level that {@code line} (without its line feed) greets with; the match is exact. */
    public static Optional<ProtocolLevel> fromGreeting(String line) {
        for (ProtocolLevel level : values()) {
            if (level.greeting.equals(line)) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }

    /** Returns the greeting line without its line feed. */
    public String greeting() {
        return greeting;
    }

    /** Returns the encoding of names and paths on this level. */
    public Charset nameCharset() {
        return nameCharset;
    }

    /** Returns what follows each file's content. */
    public Checksum checksum() {
        return checksum;
    }

    /** Returns how many files a server may ask for before the first of them has arrived. */
    public RequestPace requestPace() {
        return requestPace;
    }

    /** Tells whether {@code name} can travel as a line of this level: encodable without loss and free of line feeds. */
    public boolean canCarry(String name) {
        return name.indexOf('\n') < 0
                && (AsciiText.bytesOf(name).isPresent()
                        || nameCharset.newEncoder().canEncode(name));
    }

    /** What follows each file's content on a level. */
    public enum Checksum {
        /** Nothing: the next line follows the last content byte. */
        NONE,
        /** A line with the content's MD5 in lower-case hex; it detects accidents, not attackers. */
        MD5
    }

    /** How a server may ask for files on a level. */
    public enum RequestPace {
        /** One file at a time: the next request follows the last byte of the answer. */
        LOCKSTEP,
        /** Several requests may be on their way; the answers come in their order. */
        AHEAD
    }
}
