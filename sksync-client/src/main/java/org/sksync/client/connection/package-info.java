/** The client's socket: the connect and the pipeline. The only Netty channel code of the client. */
@NullMarked
package org.sksync.client.connection;

import org.jspecify.annotations.NullMarked;
