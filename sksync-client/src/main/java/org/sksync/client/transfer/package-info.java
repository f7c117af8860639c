/**
 * The client's side of a session, without a channel: it logs in, lists its directory, sends what it is asked for and
 * takes what it is given. Nothing leaves that was not listed, nothing is written that the sync's own terms forbid.
 */
@NullMarked
package org.sksync.client.transfer;

import org.jspecify.annotations.NullMarked;
