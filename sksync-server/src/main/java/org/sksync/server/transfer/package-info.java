/**
 * The server's side of a session, without a channel: it reads the request and the client's listing, lists its own
 * directory, plans, asks for files, gives files, and reports in one line.
 */
@NullMarked
package org.sksync.server.transfer;

import org.jspecify.annotations.NullMarked;
