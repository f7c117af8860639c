package org.sksync.server.transfer;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sksync.files.access.AccessRight;
import org.sksync.files.path.PathRefusedException;
import org.sksync.files.path.ResolvedRoot;
import org.sksync.files.plan.SyncDirection;
import org.sksync.files.plan.SyncPolicy;
import org.sksync.files.plan.TimeUse;
import org.sksync.files.scan.FileListing;
import org.sksync.files.scan.ScanDepth;
import org.sksync.files.scan.ScanResult;
import org.sksync.files.scan.SkipReason;
import org.sksync.files.scan.SkippedFile;
import org.sksync.files.store.TreeStore;
import org.sksync.protocol.message.ListedFile;
import org.sksync.protocol.message.Recursion;
import org.sksync.protocol.message.SyncRequest;
import org.sksync.protocol.message.SyncType;
import org.sksync.protocol.session.SyncProtocolException;
import org.sksync.protocol.session.SyncProtocolException.Reason;
import org.sksync.protocol.srp.UserName;
import org.sksync.server.config.ServerConfig;
import org.sksync.transport.transfer.DiskWork;

/**
 * What comes between a client's request and the first file: the directory is found and opened, scanned while the
 * client lists its own, and the plan is made when both listings are there. Owner thread only.
 */
final class Preparation {

    /** What {@link Preparation} needs of its session. */
    interface Host {

        /** The directory is open, and is being scanned; the client may list. */
        void opened();

        void failed(Throwable cause);

        /** Called once, when it is known which files travel. */
        void planned(Planned planned, FileListing own, TreeStore store);
    }

    private final Host host;
    private final SessionNotes notes;
    private final SessionServices services;
    private final ServerConfig config;
    private final SyncRequest request;
    private final Optional<UserName> user;
    private final DiskWork disk;
    private final ClientListing clientListing;
    private final ListingBudget.Share ownShare;
    /** What was told of the own directory, and would be told of the client's too. */
    private final Set<SkippedFile> told = new HashSet<>();

    private volatile @Nullable TreeStore held;
    private @Nullable ResolvedRoot root;
    private @Nullable TreeStore store;
    private @Nullable FileListing ownFiles;
    private @Nullable FileListing clientFiles;
    private boolean cancelled;

    /**
     * Creates one.
     *
     * @param config what the session goes by
     * @param user who the client is, as far as that is known for sure
     */
    Preparation(
            Host host,
            SessionNotes notes,
            SessionServices services,
            ServerConfig config,
            SyncRequest request,
            Optional<UserName> user,
            DiskWork disk) {
        this.host = host;
        this.notes = notes;
        this.services = services;
        this.config = config;
        this.request = request;
        this.user = user;
        this.disk = disk;
        this.clientListing = new ClientListing(
                services.names(), config.excludes(), config.limits(), services.listings(), notes::skipped);
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

    /** Returns the directory, if it was opened; for the session's disk work, the last of which is to close it. */
    Optional<TreeStore> store() {
        return Optional.ofNullable(held);
    }

    /** Finds and opens the directory; the result is taken on the owner thread. */
    private Consumer<Preparation> open() throws IOException {
        try {
            ResolvedRoot found = config.allowedRoots().resolve(request.serverPath());
            requireRight(config, found);
            TreeStore opened = TreeStore.open(
                    found,
                    services.names(),
                    config.guarded(),
                    services.locks(),
                    services.random(),
                    services.clock(),
                    config.timeErrors(),
                    config.keepReplaced(),
                    config.durability(),
                    services.forcing());
            held = opened;
            return preparation -> preparation.opened(found, opened);
        } catch (PathRefusedException e) {
            SyncProtocolException refusal =
                    new SyncProtocolException(Reason.PATH_REFUSED, "server path: " + e.getMessage());
            return preparation -> preparation.host.failed(refusal);
        } catch (SyncProtocolException e) {
            return preparation -> preparation.host.failed(e);
        }
    }

    /**
     * Looks whether what is done in the directory, once it is open, would be refused under another configuration.
     *
     * @param work where to look, which blocks
     * @param owner the owner thread
     * @param refused told there why it would be
     * @throws RejectedExecutionException if no more work is taken
     */
    void review(ServerConfig now, Executor work, Executor owner, Consumer<String> refused) {
        ResolvedRoot opened = root;
        if (opened != null && !now.equals(config)) {
            work.execute(() -> whyRefused(now, opened).ifPresent(why -> owner.execute(() -> refused.accept(why))));
        }
    }

    /** Returns why it would be refused, of the directory as it was found; on any thread. */
    private Optional<String> whyRefused(ServerConfig now, ResolvedRoot opened) {
        try {
            ResolvedRoot found = now.allowedRoots().resolve(request.serverPath());
            if (!found.directory().equals(opened.directory())) {
                return Optional.of("server path: " + SyncProtocolException.excerpt(request.serverPath())
                        + " stands for another directory now");
            }
            requireRight(now, found);
            return Optional.empty();
        } catch (PathRefusedException e) {
            return Optional.of("server path: " + e.getMessage());
        } catch (SyncProtocolException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private void requireRight(ServerConfig rules, ResolvedRoot asked) throws SyncProtocolException {
        AccessRight right = rules.access().in(user, asked.directory(), depth());
        if (request.type().toServer() && !right.mayWrite()) {
            throw notAllowed("store files in", right.mayRead() ? "a type that only fetches them" : "another directory");
        }
        if (request.type().fromServer() && !right.mayRead()) {
            throw notAllowed(
                    "fetch files from", right.mayWrite() ? "a type that only stores them" : "another directory");
        }
    }

    private SyncProtocolException notAllowed(String what, String expected) {
        return new SyncProtocolException(
                Reason.PATH_REFUSED,
                "server path: "
                        + user.map(name -> "user " + SyncProtocolException.excerpt(name.value()))
                                .orElse("this client")
                        + " may not " + what + " " + SyncProtocolException.excerpt(request.serverPath())
                        + " (expected: " + expected + ")");
    }

    private ScanDepth depth() {
        return request.recursion() == Recursion.RECURSIVE ? ScanDepth.TREE : ScanDepth.TOP_LEVEL;
    }

    private void opened(ResolvedRoot found, TreeStore opened) {
        if (cancelled) {
            // It is closed with the session.
            return;
        }
        root = found;
        store = opened;
        disk.run(() -> opened.scan(depth(), config.excludes(), this::reserve), this::scanned);
        if (found.replaced()) {
            notes.warning("server path " + SyncProtocolException.excerpt(request.serverPath())
                    + " is not allowed, replaced by " + found.directory() + " (server_dir_whitelist_policy is silent)");
        }
        host.opened();
    }

    /** Takes memory for a name that the scan has met; on a thread for disk work. */
    private boolean reserve(long bytes) {
        services.disk().progress();
        return ownShare.take(bytes);
    }

    private void scanned(ScanResult result) {
        if (!cancelled) {
            result.skipped().forEach(this::skipped);
            ownFiles = result.files();
            ownShare.shrinkTo(ownShare.bytes() - (long) result.files().size() * FileListing.Builder.BYTES_PER_FILE);
            planWhenListed();
        }
    }

    private void skipped(SkippedFile file) {
        if (file.reason() == SkipReason.GUARDED) {
            told.add(file);
        }
        notes.skipped(file);
    }

    private void planWhenListed() {
        FileListing own = ownFiles;
        FileListing client = clientFiles;
        TreeStore opened = store;
        if (own == null || client == null || opened == null) {
            return;
        }
        SyncPolicy policy = policy();
        disk.run(
                () -> Planned.of(
                        own,
                        client,
                        policy,
                        opened,
                        config.futureTimes(),
                        services.clock().instant()),
                planned -> {
                    clientFiles = null;
                    clientListing.keep(planned.plan().toServer().size());
                    if (!cancelled) {
                        planned.leftOut().stream()
                                .filter(file -> !told.contains(file))
                                .forEach(notes::skipped);
                        planned.warnings().forEach(notes::warning);
                        host.planned(planned, own, opened);
                    }
                });
    }

    /** Returns what decides which files travel. */
    SyncPolicy policy() {
        SyncType type = request.type();
        SyncDirection direction = !type.fromServer()
                ? SyncDirection.TO_SERVER
                : type.toServer() ? SyncDirection.BIDIRECTIONAL : SyncDirection.FROM_SERVER;
        return new SyncPolicy(direction, type.usesTimes() ? TimeUse.USED : TimeUse.IGNORED, config.modifyWindow());
    }
}
