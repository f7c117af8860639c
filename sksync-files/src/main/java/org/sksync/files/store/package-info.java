/** The one place that touches a synced tree on disk: listing, reading, and replacing files so that each path holds its complete old or its complete new content at every moment. */
@NullMarked
package org.sksync.files.store;

import org.jspecify.annotations.NullMarked;
