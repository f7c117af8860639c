/** The program {@code sksync}: its entry, the words of its command line, its log and its exit codes. */
@NullMarked
package org.sksync.cli;

import org.jspecify.annotations.NullMarked;
