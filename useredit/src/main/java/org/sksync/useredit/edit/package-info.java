/**
 * The keeping of a sksync.json's users from a command line: asked for as pysksync's useredit did, or by sub-commands.
 * {@link org.sksync.useredit.edit.UserEditCommand} is the same for its own program and beneath sksync's; only
 * {@link org.sksync.useredit.edit.SystemTerminal} and {@link org.sksync.useredit.edit.UserEditMain} touch the process.
 */
@NullMarked
package org.sksync.useredit.edit;

import org.jspecify.annotations.NullMarked;
