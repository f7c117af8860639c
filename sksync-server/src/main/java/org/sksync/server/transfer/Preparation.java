package org.sksync.server.transfer;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sksync.files.path.PathRefusedException;
import org.sksync.files.path.ResolvedRoot;
import org.sksync.files.plan.Reconciler;
import org.sksync.files.plan.SyncDirection;
import org.sksync.files.plan.SyncPlan;
import org.sksync.files.plan.SyncPolicy;
import org.sksync.files.plan.TimeUse;
import org.sksync.files.scan.FileListing;
import org.sksync.files.scan.ScanDepth;
import org.sksync.files.scan.ScanResult;
import org.sksync.files.scan.SkippedFile;
import org.sksync.files.store.TreeStore;
import org.sksync.protocol.message.ListedFile;
import org.sksync.protocol.message.Recursion;
import org.sksync.protocol.message.SyncRequest;
import org.sksync.protocol.message.SyncType;
import org.sksync.protocol.session.SyncProtocolException;
import org.sksync.protocol.session.SyncProtocolException.Reason;
import org.sksync.transport.transfer.DiskWork;

/**
 * What comes between a client's request and the first file: the directory is found and opened, scanned while the
 * client lists its own, and the plan is made when both listings are there. Owner thread only.
 */
final class Preparation {

    /** What {@link Preparation} needs of its session. */
    interface Host {

        /** The directory is open, and is being scanned; the client may list. */
        void opened(ResolvedRoot root);

        void skipped(SkippedFile file);

        void failed(Throwable cause);

        /** Called once, when it is known which files travel. */
        void planned(SyncPlan plan, FileListing own, TreeStore store);
    }

    private final Host host;
    private final SessionServices services;
    private final SyncRequest request;
    private final DiskWork disk;
    private final ClientListing clientListing;
    private final ListingBudget.Share ownShare;
    private @Nullable TreeStore store;
    private @Nullable FileListing ownFiles;
    private @Nullable FileListing clientFiles;
    private boolean cancelled;

    Preparation(Host host, SessionServices services, SyncRequest request, DiskWork disk) {
        this.host = host;
        this.services = services;
        this.request = request;
        this.disk = disk;
        this.clientListing = new ClientListing(
                services.names(),
                services.config().excludes(),
                services.config().limits(),
                services.listings(),
                host::skipped);
        this.ownShare = services.listings().share();
    }

    SyncRequest request() {
        return request;
    }

    void begin() {
        disk.run(this::open, opened -> opened.accept(this));
    }

    void listed(ListedFile file) throws SyncProtocolException {
        clientListing.add(file);
    }

    void listingEnded() {
        clientFiles = clientListing.build();
        planWhenListed();
    }

    /** Stops a scan that is under way; nothing is told to the host any more. */
    void cancel() {
        cancelled = true;
        clientListing.release();
        ownShare.close();
        // After the scan, files that have arrived whole may still be on their way to their places.
        if (store != null && ownFiles == null) {
            store.cancel();
        }
    }

    /** Returns the directory, once it is open. */
    Optional<TreeStore> store() {
        return Optional.ofNullable(store);
    }

    /** Finds and opens the directory; the result is taken on the owner thread. */
    private Consumer<Preparation> open() throws IOException {
        try {
            ResolvedRoot root = services.config().allowedRoots().resolve(request.serverPath());
            TreeStore opened = TreeStore.open(
                    root.directory(),
                    services.names(),
                    services.locks(),
                    services.random(),
                    services.config().timeErrors());
            return preparation -> preparation.opened(root, opened);
        } catch (PathRefusedException e) {
            SyncProtocolException refusal =
                    new SyncProtocolException(Reason.PATH_REFUSED, "server path: " + e.getMessage());
            return preparation -> preparation.host.failed(refusal);
        }
    }

    private void opened(ResolvedRoot root, TreeStore opened) {
        if (cancelled) {
            // Nothing was done with it yet, so there is nothing to close.
            return;
        }
        store = opened;
        ScanDepth depth = request.recursion() == Recursion.RECURSIVE ? ScanDepth.TREE : ScanDepth.TOP_LEVEL;
        disk.run(() -> opened.scan(depth, services.config().excludes(), this::reserve), this::scanned);
        host.opened(root);
    }

    /** Takes memory for a name that the scan has met; on a thread for disk work. */
    private boolean reserve(long bytes) {
        services.disk().progress();
        return ownShare.take(bytes);
    }

    private void scanned(ScanResult result) {
        if (!cancelled) {
            result.skipped().forEach(host::skipped);
            ownFiles = result.files();
            ownShare.shrinkTo(ownShare.bytes() - (long) result.files().size() * FileListing.Builder.BYTES_PER_FILE);
            planWhenListed();
        }
    }

    private void planWhenListed() {
        FileListing own = ownFiles;
        FileListing client = clientFiles;
        TreeStore opened = store;
        if (own == null || client == null || opened == null) {
            return;
        }
        SyncPolicy policy = policy();
        disk.run(() -> Reconciler.plan(own, client, policy), plan -> {
            clientFiles = null;
            clientListing.keep(plan.toServer().size());
            if (!cancelled) {
                host.planned(plan, own, opened);
            }
        });
    }

    private SyncPolicy policy() {
        SyncType type = request.type();
        SyncDirection direction = !type.fromServer()
                ? SyncDirection.TO_SERVER
                : type.toServer() ? SyncDirection.BIDIRECTIONAL : SyncDirection.FROM_SERVER;
        return new SyncPolicy(
                direction,
                type.usesTimes() ? TimeUse.USED : TimeUse.IGNORED,
                services.config().modifyWindow());
    }
}
