/**
 * How commands read: one form of help, and one form of what is said of words that are wrong. It is here since this is the
 * lowest module with a command line; the program {@code sksync} speaks the same way.
 */
@NullMarked
package org.sksync.useredit.usage;

import org.jspecify.annotations.NullMarked;
