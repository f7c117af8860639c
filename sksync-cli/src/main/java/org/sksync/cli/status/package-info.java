/**
 * The question how a daemon does, from one process of a user to another one: a socket in a directory that is that user's
 * alone, found by the path of the daemon's configuration. To connect is to ask; the answer is one text.
 */
@NullMarked
package org.sksync.cli.status;

import org.jspecify.annotations.NullMarked;
