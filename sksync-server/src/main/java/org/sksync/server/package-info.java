/** The daemon: {@link org.sksync.server.SkSyncServer} listens, and answers each client with a session of its own. */
@NullMarked
package org.sksync.server;

import org.jspecify.annotations.NullMarked;
