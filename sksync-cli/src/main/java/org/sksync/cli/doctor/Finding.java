package org.sksync.cli.doctor;

import java.util.Objects;

/**
 * What one check has found.
 *
 * @param status how good it is
 * @param area what it is about
 * @param what what was found, without a full stop; it may hold text of a disk or a peer, so it is escaped when shown
 * @param advice what to do next; empty where nothing is to be done
 */
public record Finding(Status status, Area area, String what, String advice) {

    /** How good a finding is. */
    public enum Status {
        /** All is well. */
        OK,
        /** It works, but somebody should have a look. */
        WARN,
        /** It does not work. */
        BAD,
        /** It could not be checked; the text says why. */
        SKIPPED
    }

    /** What a finding is about. */
    public enum Area {
        /** The configuration, and what it names. */
        CONFIGURATION,
        /** The way to a server. */
        NETWORK,
        /** Certificates and logins. */
        IDENTITY,
        /** Directories and their disks. */
        DIRECTORY,
        /** Anything else. */
        OTHER
    }

    /** Checks that nothing is missing. */
    public Finding {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(area, "area");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(advice, "advice");
    }

    static Finding ok(Area area, String what) {
        return new Finding(Status.OK, area, what, "");
    }

    static Finding warn(Area area, String what, String advice) {
        return new Finding(Status.WARN, area, what, advice);
    }

    static Finding bad(Area area, String what, String advice) {
        return new Finding(Status.BAD, area, what, advice);
    }

    static Finding skipped(Area area, String what) {
        return new Finding(Status.SKIPPED, area, what, "");
    }

    /** Returns the finding as one of that subject: its name comes first. */
    Finding of(String subject) {
        return new Finding(status, area, subject + ": " + what, advice);
    }
}
