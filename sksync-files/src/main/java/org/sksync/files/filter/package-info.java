/** Shell patterns that keep files out of a sync, on both sides and in both directions. */
@NullMarked
package org.sksync.files.filter;

import org.jspecify.annotations.NullMarked;
