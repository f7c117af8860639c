package org.sksync.cli.command;

import java.io.IOException;
import java.util.Optional;
import org.sksync.client.report.SyncFailedException;
import org.sksync.client.report.SyncFailedException.Kind;
import org.sksync.config.ClientProfile;
import org.sksync.config.ConfigException;
import org.sksync.config.KnownServers;
import org.sksync.transport.tls.Fingerprint;

/** Keeps the certificate of a server that is met first, where the profile trusts it for that. */
final class FirstContact {

    private final ClientProfile profile;
    private final KnownServers known;
    private final Terminal terminal;

    FirstContact(ClientProfile profile, KnownServers known, Terminal terminal) {
        this.profile = profile;
        this.known = known;
        this.terminal = terminal;
    }

    /**
     * Keeps what a server showed.
     *
     * @throws SyncFailedException if another certificate is kept for it already
     */
    void established(Optional<Fingerprint> server) throws SyncFailedException {
        boolean trustsOnFirstUse = profile.tls().serverCertificate().isEmpty();
        if (!trustsOnFirstUse || server.isEmpty()) {
            return;
        }
        Fingerprint fingerprint = server.get();
        String address = profile.host() + ":" + profile.port();
        try {
            boolean first = known.fingerprint(profile.host(), profile.port()).isEmpty();
            // Refuses another one, whoever has kept it: an earlier connection of this sync, or another process.
            known.remember(profile.host(), profile.port(), fingerprint.hex());
            if (first) {
                terminal.warn("first contact with " + address + ": its certificate " + fingerprint.text()
                        + " is trusted from now on (kept in " + known.file() + "); compare it with the server's own");
            }
        } catch (ConfigException e) {
            throw new SyncFailedException(Kind.IDENTITY, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            terminal.warn("the certificate of " + address + " can't be kept, so later runs will not notice a change: "
                    + e.getMessage());
        }
    }
}
