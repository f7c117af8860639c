/**
 * What travels on the wire, as values: one record for each message of each side, and the enums behind the wire's
 * tokens. Nothing here reads or writes bytes; that is the codec's work.
 */
@NullMarked
package org.sksync.protocol.message;

import org.jspecify.annotations.NullMarked;
