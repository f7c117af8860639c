/**
 * When a watched folder is synced: at once, when something in it has changed and settled, every few minutes, and again
 * after a failure, each time later. The decisions are pure; one thread for each folder carries them out, and what a file
 * system tells of changes comes through one interface.
 */
@NullMarked
package org.sksync.cli.watch;

import org.jspecify.annotations.NullMarked;
