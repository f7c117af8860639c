/** The examination of a configuration, this machine and the servers: what is well, what is not, and what to do then. */
@NullMarked
package org.sksync.cli.doctor;

import org.jspecify.annotations.NullMarked;
