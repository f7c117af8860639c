/** SSDP as pysksync speaks it: searches for {@code urn:schemas-upnp-org:service:sksync:1} and their answers. */
@NullMarked
package org.sksync.discovery.ssdp;

import org.jspecify.annotations.NullMarked;
