/**
 * SRP-6a as the peers of this protocol compute it: the 2048-bit group of RFC 5054 and SHA-1, with every integer hashed
 * in its shortest big-endian form. Both ends of a login, the verifiers that a server keeps, and stand-ins for users
 * that it does not know. Nothing here touches a channel; one handshake costs about a millisecond of CPU and belongs on
 * a worker thread.
 */
@NullMarked
package org.sksync.protocol.srp;

import org.jspecify.annotations.NullMarked;
