package org.sksync.client.transfer;

import org.jspecify.annotations.Nullable;
import org.sksync.client.report.SyncFailedException.Kind;

/**
 * Why a session ended early.
 *
 * @param kind where it failed
 * @param message one sentence
 * @param cause what is behind it, for a stack trace
 * @param next what may work instead
 */
public record SessionFailure(
        Kind kind,
        String message,
        @Nullable Throwable cause,
        @Nullable Attempt next) {

    static SessionFailure of(Kind kind, String message) {
        return new SessionFailure(kind, message, null, null);
    }
}
