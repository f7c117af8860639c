package org.sksync.discovery.group;

import java.io.IOException;
import java.util.List;

/** The networks that count; asked again and again, since they come and go. */
@FunctionalInterface
public interface Networks {

    /**
     * Returns those of the moment.
     *
     * @throws IOException if the system does not say
     */
    List<Network> now() throws IOException;
}
