/** Multicast DNS (RFC 6762, 6763): the service {@code _sksync._tcp.local}, told by our own records, found by jmdns. */
@NullMarked
package org.sksync.discovery.mdns;

import org.jspecify.annotations.NullMarked;
