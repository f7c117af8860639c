package org.sksync.cli.setup;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sksync.client.SkSyncClient;
import org.sksync.client.config.Credentials;
import org.sksync.client.config.SyncProfile;
import org.sksync.client.report.SyncFailedException;
import org.sksync.client.report.SyncFailedException.Kind;
import org.sksync.client.report.SyncListener;
import org.sksync.files.filter.ExcludeFilter;
import org.sksync.files.store.Durability;
import org.sksync.files.store.GuardedFiles;
import org.sksync.files.store.KeepReplaced;
import org.sksync.files.store.TimeErrors;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.message.Recursion;
import org.sksync.protocol.message.SyncType;
import org.sksync.transport.tls.PeerTrust;
import org.sksync.transport.tls.TlsConfigException;
import org.sksync.transport.tls.TlsContexts;
import org.sksync.transport.tls.TlsFailure;

/** The first meeting with the server of an invitation: nothing is said to one that shows another certificate. */
public final class Pairing {

    private final SkSyncClient client;
    private final Clock clock;

    /** Will meet servers with {@code client}, which the caller closes. */
    public Pairing(SkSyncClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /**
     * Logs in once and asks for the directory, at the first of the server's names and addresses where it is met; blocks.
     *
     * @param clientPath the own directory, for the server's log; it need not exist
     * @param onTry told of each name or address before it is tried
     * @return that name or address, with the port
     * @throws SyncFailedException if it is met nowhere, or refuses the login or the directory; of several reasons that
     *     of the first place where another server was met, else that of the first place
     * @throws InterruptedException if the thread was interrupted
     */
    public ServerAddress meet(Invitation invitation, Path clientPath, Consumer<String> onTry)
            throws SyncFailedException, InterruptedException {
        @Nullable SyncFailedException first = null;
        for (String host : invitation.hosts()) {
            onTry.accept(host);
            try {
                ServerAddress place = new ServerAddress(host, invitation.port());
                meetAt(place, invitation, clientPath);
                return place;
            } catch (SyncFailedException e) {
                if (!isElsewhere(e)) {
                    throw e;
                }
                boolean tellsMore = first != null && first.kind() == Kind.NETWORK && e.kind() == Kind.IDENTITY;
                first = first == null || tellsMore ? e : first;
            }
        }
        if (first == null) {
            throw new IllegalStateException("an invitation without a host");
        }
        throw first;
    }

    /**
     * As {@link #meet}, at one place that the invitation need not name; blocks.
     *
     * @throws SyncFailedException if it is not met there, or refuses the login or the directory
     * @throws InterruptedException if the thread was interrupted
     */
    public void meetAt(ServerAddress place, Invitation invitation, Path clientPath)
            throws SyncFailedException, InterruptedException {
        client.probe(profile(invitation, place, clientPath), SyncListener.NONE);
    }

    /** Returns whether it was not the server of the invitation that was met, which may be found elsewhere. */
    public static boolean isElsewhere(SyncFailedException failure) {
        return failure.kind() == Kind.NETWORK
                || (failure.getCause() != null
                        && TlsFailure.describe(failure.getCause()).isPresent());
    }

    private SyncProfile profile(Invitation invitation, ServerAddress place, Path clientPath)
            throws SyncFailedException {
        try {
            return new SyncProfile(
                    place.host(),
                    place.port(),
                    Optional.of(TlsContexts.forClient(
                            PeerTrust.ofFingerprint(invitation.fingerprint(), "the invitation", clock),
                            Optional.empty())),
                    Optional.of(new Credentials(
                            invitation.user(), invitation.password().reveal().toCharArray())),
                    ProtocolLevel.PYSKSYNC_2,
                    SyncType.BIDIRECTIONAL_USE_TIME,
                    Recursion.RECURSIVE,
                    invitation.serverPath(),
                    clientPath,
                    ExcludeFilter.none(),
                    Duration.ofSeconds(1),
                    TimeErrors.FAIL,
                    KeepReplaced.OFF,
                    Durability.BATCH,
                    Optional.empty(),
                    GuardedFiles.NONE);
        } catch (TlsConfigException e) {
            throw new SyncFailedException(Kind.OTHER, String.valueOf(e.getMessage()), e);
        }
    }
}
