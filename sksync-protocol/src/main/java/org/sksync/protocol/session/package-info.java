/**
 * The order of a session, without a connection: which message may come when, and what is wrong with a peer that breaks
 * the rules.
 */
@NullMarked
package org.sksync.protocol.session;

import org.jspecify.annotations.NullMarked;
