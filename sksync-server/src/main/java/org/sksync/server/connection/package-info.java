/** The daemon's sockets: the listener and the pipeline of each connection. The only Netty channel code of the server. */
@NullMarked
package org.sksync.server.connection;

import org.jspecify.annotations.NullMarked;
