/** The server's side of a login, without a connection: where verifiers come from, and the conversation itself. */
@NullMarked
package org.sksync.server.auth;

import org.jspecify.annotations.NullMarked;
