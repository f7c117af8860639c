/** What a caller hears of a sync: how it gets on, what it did, why it failed. */
@NullMarked
package org.sksync.client.report;

import org.jspecify.annotations.NullMarked;
