/**
 * The first run: a server's first configuration, the invitation that tells another machine how to reach it, and the first
 * meeting of the two. Knows no command line and asks nobody.
 */
@NullMarked
package org.sksync.cli.setup;

import org.jspecify.annotations.NullMarked;
