package org.sksync.cli.doctor;

import org.sksync.config.ClientProfile;

/** A visit to the server of a profile: connects, logs in and leaves; no file travels. */
@FunctionalInterface
public interface Visit {

    /** Returns how it went. */
    Finding to(ClientProfile profile) throws InterruptedException;
}
