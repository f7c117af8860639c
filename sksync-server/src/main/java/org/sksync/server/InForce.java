package org.sksync.server;

import java.util.function.Supplier;
import org.sksync.protocol.srp.FakeVerifiers;
import org.sksync.server.config.ServerConfig;
import org.sksync.server.transfer.SessionTerms;

/** What new sessions go by; it is replaced as a whole. Safe on any thread. */
final class InForce implements Supplier<SessionTerms> {

    private final byte[] fakeSeed;
    private volatile SessionTerms terms;

    /**
     * Puts the first configuration into force.
     *
     * @param fakeSeed the secret behind made-up verifiers, which stays: salts that change betray themselves
     */
    InForce(ServerConfig config, byte[] fakeSeed) {
        this.fakeSeed = fakeSeed.clone();
        this.terms = terms(config);
    }

    void put(ServerConfig config) {
        terms = terms(config);
    }

    @Override
    public SessionTerms get() {
        return terms;
    }

    ServerConfig config() {
        return terms.config();
    }

    private SessionTerms terms(ServerConfig config) {
        return new SessionTerms(
                config, new FakeVerifiers(fakeSeed, config.verifiers().all()));
    }
}
