/**
 * How daemons are found in a local network. {@link org.sksync.discovery.Advertisement} is the daemon's side, {@link
 * org.sksync.discovery.Discovery} the asking one; both speak SSDP and mDNS, over IPv4. Nothing that is found this way
 * is authenticated.
 */
@NullMarked
package org.sksync.discovery;

import org.jspecify.annotations.NullMarked;
