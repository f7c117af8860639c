/** Who may do what in which directories: the rights that an operator gives, found by real paths. */
@NullMarked
package org.sksync.files.access;

import org.jspecify.annotations.NullMarked;
