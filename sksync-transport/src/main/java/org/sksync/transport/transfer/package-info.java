/**
 * Moving file content between a peer and a store in bounded memory, the same at both ends: the mailbox that keeps a
 * peer's messages in order while a session waits, the sender and the receiver of one file after the other.
 *
 * <p>Nothing here knows a channel. A session runs on one owner thread, talks to its peer through a {@link
 * org.sksync.transport.transfer.PeerLink} and does its disk work on a serial executor of its own.
 */
@NullMarked
package org.sksync.transport.transfer;

import org.jspecify.annotations.NullMarked;
