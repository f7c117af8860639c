/**
 * Makes the daemon or the watching client a service of the machine: what to write for systemd, launchd or Windows' task
 * scheduler, which of their commands to run, and how to undo both.
 */
@NullMarked
package org.sksync.cli.service;

import org.jspecify.annotations.NullMarked;
