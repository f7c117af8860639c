/** The program under kills and load: the real jar in a JVM of its own, its peers in this one. */
@NullMarked
package org.sksync.soak;

import org.jspecify.annotations.NullMarked;
