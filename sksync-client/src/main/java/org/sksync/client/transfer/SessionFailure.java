package org.sksync.client.transfer;

import org.jspecify.annotations.Nullable;
import org.sksync.client.SyncFailedException.Kind;
import org.sksync.files.path.RelativePath;

/**
 * Why a session ended early.
 *
 * @param kind where it failed
 * @param message one sentence
 * @param cause what is behind it, for a stack trace
 * @param unsendable the file that the server asked for and that could not be sent whole; a session without it may work
 */
public record SessionFailure(
        Kind kind,
        String message,
        @Nullable Throwable cause,
        @Nullable RelativePath unsendable) {

    static SessionFailure of(Kind kind, String message) {
        return new SessionFailure(kind, message, null, null);
    }
}
