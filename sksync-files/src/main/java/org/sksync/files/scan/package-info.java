/** What a tree holds: file entries, listings of them, and the files that had to be left out with the reason. */
@NullMarked
package org.sksync.files.scan;

import org.jspecify.annotations.NullMarked;
