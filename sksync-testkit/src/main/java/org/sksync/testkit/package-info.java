/**
 * What the tests of several modules share: scripted peers over real sockets, recorded sessions, file trees, child
 * processes and the check for leaked buffers. On test class paths only; nothing here ships.
 */
@NullMarked
package org.sksync.testkit;

import org.jspecify.annotations.NullMarked;
