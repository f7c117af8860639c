/** Thousands of clients in one process that say what they are told, as slowly as they are told, and are timed. */
@NullMarked
package org.sksync.testkit.load;

import org.jspecify.annotations.NullMarked;
