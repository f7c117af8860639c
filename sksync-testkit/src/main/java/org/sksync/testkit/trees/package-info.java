/** Pairs of trees that differ in every way that a sync settles, and what may be found in them at any moment. */
@NullMarked
package org.sksync.testkit.trees;

import org.jspecify.annotations.NullMarked;
