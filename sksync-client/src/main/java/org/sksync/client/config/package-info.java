/** What a sync is told when it is made; values without a file format. */
@NullMarked
package org.sksync.client.config;

import org.jspecify.annotations.NullMarked;
