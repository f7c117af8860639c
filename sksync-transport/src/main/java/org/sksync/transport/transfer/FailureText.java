package org.sksync.transport.transfer;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import org.sksync.transport.tls.TlsFailure;

/** Words for failures of disk and network. */
public final class FailureText {

    private FailureText() {}

    /** Returns one clause about {@code cause}, never empty; it may hold a peer's text, so it is escaped before it is shown. */
    public static String of(Throwable cause) {
        Optional<String> tls = TlsFailure.describe(cause);
        if (tls.isPresent()) {
            return tls.get();
        }
        String message = cause.getMessage();
        if (cause instanceof UnknownHostException) {
            return "unknown host " + message;
        }
        if (cause instanceof ClosedChannelException) {
            return "the connection was closed";
        }
        if (cause instanceof IOException && message != null) {
            return message;
        }
        return message == null
                ? cause.getClass().getSimpleName()
                : cause.getClass().getSimpleName() + ": " + message;
    }
}
