package org.sksync.client.config;

import java.time.Duration;
import org.sksync.transport.watch.Pace;

/**
 * How long a client waits for a server.
 *
 * @param opening for each of its lines until it has accepted the greeting
 * @param answer for the next line after that, as long as it is the server's turn; long, since it scans meanwhile
 * @param pace for the content of files, and for taking what it is sent
 */
public record Patience(Duration opening, Duration answer, Pace pace) {

    /** What a client has unless it is told otherwise. */
    public static final Patience DEFAULT =
            new Patience(Duration.ofSeconds(60), Duration.ofMinutes(10), new Pace(10_240, Duration.ofMinutes(10)));

    /** Checks that the time is positive. */
    public Patience {
        if (opening.isZero() || opening.isNegative() || answer.isZero() || answer.isNegative()) {
            throw new IllegalArgumentException("a time must be positive");
        }
    }
}
