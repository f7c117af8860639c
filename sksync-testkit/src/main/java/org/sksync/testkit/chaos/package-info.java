/**
 * A network that fails: a proxy between two real peers that delays, slices, stalls, cuts and resets what they say, at
 * bytes that the test names.
 */
@NullMarked
package org.sksync.testkit.chaos;

import org.jspecify.annotations.NullMarked;
