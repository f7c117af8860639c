package org.sksync.transport.limit;

import java.util.OptionalLong;

/**
 * How fast bytes may travel now.
 *
 * @param sent bytes a second, at least 1; empty for no limit
 * @param received bytes a second, at least 1; empty for no limit
 */
public record Rates(OptionalLong sent, OptionalLong received) {

    /** Checks that a rate lets something through. */
    public Rates {
        if (sent.orElse(1) < 1 || received.orElse(1) < 1) {
            throw new IllegalArgumentException("a rate must be positive");
        }
    }
}
