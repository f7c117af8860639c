/** One class for each sub-command, and what turns a {@code sksync.json} into what a daemon or a client is told. */
@NullMarked
package org.sksync.cli.command;

import org.jspecify.annotations.NullMarked;
