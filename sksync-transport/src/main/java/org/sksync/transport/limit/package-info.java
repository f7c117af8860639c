/** How fast bytes may travel: a bucket for each direction, which all connections of a limit draw from. Pure. */
@NullMarked
package org.sksync.transport.limit;

import org.jspecify.annotations.NullMarked;
