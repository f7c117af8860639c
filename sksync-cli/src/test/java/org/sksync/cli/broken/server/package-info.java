/** Part of a product that breaks the rules of {@code ModuleBoundaries}. */
@NullMarked
package org.sksync.cli.broken.server;

import org.jspecify.annotations.NullMarked;
