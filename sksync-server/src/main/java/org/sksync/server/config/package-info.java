/** What a daemon is told when it is made; values without a file format. */
@NullMarked
package org.sksync.server.config;

import org.jspecify.annotations.NullMarked;
