/** A disk that fails on demand: a file system around another one, in which the Nth call ends with an error of the system. */
@NullMarked
package org.sksync.testkit.faults;

import org.jspecify.annotations.NullMarked;
