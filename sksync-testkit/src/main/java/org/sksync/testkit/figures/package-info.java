/** What a soak run measures: figures with a target, written into a report, and where the numbers come from. */
@NullMarked
package org.sksync.testkit.figures;

import org.jspecify.annotations.NullMarked;
