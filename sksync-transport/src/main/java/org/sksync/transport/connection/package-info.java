/**
 * Where a session meets its channel, the same at both ends: the handler that tells a session what happens, the link
 * through which it answers, and the close that lets a peer read to the end. The only code of this module that knows
 * channels, beside TLS.
 */
@NullMarked
package org.sksync.transport.connection;

import org.jspecify.annotations.NullMarked;
