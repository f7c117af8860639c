package org.sksync.server.transfer;

import java.util.concurrent.Semaphore;
import org.sksync.transport.transfer.BufferSize;

/** The large buffers of a daemon, for the sessions that come first; all others have small ones. Safe on any thread. */
public final class LargeBuffers {

    private final Semaphore free;

    /** Creates large buffers for {@code sessions} at a time. */
    public LargeBuffers(int sessions) {
        this.free = new Semaphore(sessions);
    }

    /** Returns the size that a session gets; it is to be given back. */
    BufferSize take() {
        return free.tryAcquire() ? BufferSize.LARGE : BufferSize.SMALL;
    }

    /** Takes back what a session had. */
    void giveBack(BufferSize size) {
        if (size == BufferSize.LARGE) {
            free.release();
        }
    }
}
