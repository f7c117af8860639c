package org.sksync.server;

import org.sksync.files.path.EscapedText;
import org.sksync.server.connection.ConnectionListener;
import org.sksync.server.status.DaemonStatus;
import org.sksync.transport.transfer.FailureText;

/** Counts what becomes of connections without a session, and writes it once for each burst of them. */
record ConnectionLog(BurstLog bursts, DaemonStatus status) implements ConnectionListener {

    @Override
    public void refused(String peer, String limit, String why) {
        status.refused(limit);
        bursts.add("connections refused, " + why, 1, peer + " refused: " + why);
    }

    @Override
    public void madeRoom() {
        // Its session tells of it.
        status.madeRoom();
    }

    @Override
    public void acceptFailed(Throwable cause) {
        status.notAccepted();
        bursts.add(
                "connections not accepted",
                1,
                "no connection can be accepted for a second: " + EscapedText.of(FailureText.of(cause)));
    }
}
