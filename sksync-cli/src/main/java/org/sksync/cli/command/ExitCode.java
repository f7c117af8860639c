package org.sksync.cli.command;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sksync.client.report.SyncFailedException;

/** The program's exit codes, in the order of how bad they are; of several profiles the worst one counts. */
public enum ExitCode {
    /** All done. */
    DONE(0, "all done"),
    /** Done, but files were left out. */
    PARTIAL(3, "done, but files were left out"),
    /** Another run syncs the folder; it was left alone. */
    BUSY(11, "another run syncs the folder; it was left alone"),
    /** The server can't be reached, or the connection ended too early. */
    NETWORK(5, "the server can't be reached, or the connection ended too early"),
    /** A folder was refused, or is missing. */
    PATH(8, "a folder was refused, or is missing"),
    /** The login failed, or TLS did. */
    IDENTITY(6, "the login failed, or TLS did"),
    /** Anything else went wrong. */
    ERROR(1, "an error that is none of the others"),
    /** The command line or the configuration is wrong. */
    USAGE(2, "the command line or the configuration is wrong"),
    /** The terminal was closed. */
    HUNG_UP(129, "the terminal was closed"),
    /** Interrupted, as by Ctrl-C. */
    INTERRUPTED(130, "interrupted (Ctrl-C)"),
    /** Told to end, as by {@code kill}. */
    TERMINATED(143, "terminated");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** Returns what the process ends with that number for; empty where no such number is known. */
    static Optional<ExitCode> of(int code) {
        for (ExitCode each : values()) {
            if (each.code == code) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** Returns what a sync ends with that failed so. */
    static ExitCode of(SyncFailedException.Kind kind) {
        return switch (kind) {
            case NETWORK -> NETWORK;
            case IDENTITY -> IDENTITY;
            case PATH -> PATH;
            case PROTOCOL, OTHER -> ERROR;
        };
    }

    /** Returns all codes in the order of their numbers, each with its meaning, as help lists them. */
    static Map<String, String> table() {
        return table(List.of(values()));
    }

    /** As {@link #table()}, of these alone. */
    static Map<String, String> table(Collection<ExitCode> codes) {
        Map<Integer, String> sorted = new TreeMap<>();
        for (ExitCode each : codes) {
            sorted.put(each.code, each.meaning);
        }
        Map<String, String> table = new LinkedHashMap<>();
        sorted.forEach((code, meaning) -> table.put(String.valueOf(code), meaning));
        return table;
    }

    /** Returns the number that the process ends with. */
    public int code() {
        return code;
    }

    /** Returns what it means, as a part of a sentence. */
    String meaning() {
        return meaning;
    }

    /** Returns its name as programs are told of it. */
    String token() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the worse of the two. */
    public ExitCode worse(ExitCode other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
