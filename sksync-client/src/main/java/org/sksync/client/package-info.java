/** The client: {@link org.sksync.client.SkSyncClient} runs one profile's sync from connection to report. */
@NullMarked
package org.sksync.client;

import org.jspecify.annotations.NullMarked;
