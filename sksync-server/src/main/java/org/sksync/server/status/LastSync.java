package org.sksync.server.status;

import java.time.Instant;
import org.sksync.server.transfer.SessionSummary;

/**
 * The last time that one user synced one directory.
 *
 * @param ended when its session ended
 * @param summary how it went
 */
public record LastSync(Instant ended, SessionSummary summary) {}
