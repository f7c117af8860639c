/** The sockets: who is listened to on which of the machine's networks, how often they are answered, and where to. */
@NullMarked
package org.sksync.discovery.group;

import org.jspecify.annotations.NullMarked;
