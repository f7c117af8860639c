/** Names below a synced directory and the directories that may be synced: everything a peer or the disk says about a path is checked here before it is used, and made harmless before it is shown. */
@NullMarked
package org.sksync.files.path;

import org.jspecify.annotations.NullMarked;
