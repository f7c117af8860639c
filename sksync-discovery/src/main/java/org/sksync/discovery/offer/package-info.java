/** What a daemon tells strangers of itself, whichever way they ask. */
@NullMarked
package org.sksync.discovery.offer;

import org.jspecify.annotations.NullMarked;
