/**
 * How long a peer may take: what a session awaits, the pace it may ask for, and the decision when a peer is too slow. Pure:
 * the time is told, nobody is called.
 */
@NullMarked
package org.sksync.transport.watch;

import org.jspecify.annotations.NullMarked;
