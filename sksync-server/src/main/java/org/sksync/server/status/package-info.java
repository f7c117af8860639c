/** How a daemon does: what its sessions and its listening socket tell, counted and kept for whoever asks. */
@NullMarked
package org.sksync.server.status;

import org.jspecify.annotations.NullMarked;
