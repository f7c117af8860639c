package org.sksync.client.transfer;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sksync.client.config.SyncProfile;
import org.sksync.files.path.PathRefusedException;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.path.RelativePath;
import org.sksync.files.plan.CaseTwins;
import org.sksync.files.plan.CoarseTimes;
import org.sksync.files.plan.SyncDirection;
import org.sksync.files.plan.SyncPolicy;
import org.sksync.files.plan.TimeUse;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.FileListing;
import org.sksync.files.scan.SkipReason;
import org.sksync.files.scan.SkippedFile;
import org.sksync.files.store.CommitResult;
import org.sksync.protocol.message.FileContent;
import org.sksync.protocol.message.FileEnd;
import org.sksync.protocol.message.FileOffer;
import org.sksync.protocol.message.Recursion;
import org.sksync.protocol.session.SyncProtocolException;
import org.sksync.protocol.session.SyncProtocolException.Reason;
import org.sksync.transport.transfer.FileReceiver;
import org.sksync.transport.transfer.ReceiveResult;

/**
 * Takes what a server offers, as far as the sync's own terms allow: a server is asked for newer files, but not trusted
 * to send only those. An offer that breaks the protocol ends the session; one that the terms forbid is read to its end
 * and left out.
 */
final class Downloads {

    /** What {@link Downloads} needs of its session. */
    interface Host {

        void received(RelativePath path, long bytes);

        void skipped(SkippedFile file);

        /** The user should know something though nothing went wrong. */
        void hint(String sentence);

        void failed(Throwable cause);

        /** Called once the server has no more and every file is in its place. */
        void downloadsDone();
    }

    /** Each look goes through the whole listing. */
    private static final int MAX_TWINS = 100;
    /** Where what decides about times is set. */
    private static final String CONFIGURATIONS = "sksync.json, here and on the server, which decides what travels";

    private static final int MAX_OFFERS = 1_000_000;
    /** What is remembered of an offer that is left out, beside its name: why. */
    private static final int UNWANTED_BYTES = 1024;

    private final Host host;
    private final SyncProfile profile;
    private final PlatformNames names;
    private final FileListing own;
    private final FileReceiver receiver;
    private final long maxMemoryBytes;
    private final Set<RelativePath> offered = new HashSet<>();
    private final SyncPolicy policy;
    private @Nullable RelativePath arriving;
    private boolean arrivesInVain;
    private boolean toldOfTimes;
    private int twinsLookedFor;
    private int storing;
    private long memoryBytes;
    private boolean ended;

    Downloads(
            Host host,
            SyncProfile profile,
            PlatformNames names,
            FileListing own,
            FileReceiver receiver,
            long maxMemoryBytes) {
        this.host = host;
        this.profile = profile;
        this.policy = new SyncPolicy(
                SyncDirection.FROM_SERVER,
                profile.type().usesTimes() ? TimeUse.USED : TimeUse.IGNORED,
                profile.modifyWindow());
        this.names = names;
        this.own = own;
        this.receiver = receiver;
        this.maxMemoryBytes = maxMemoryBytes;
    }

    void offer(FileOffer offer) throws SyncProtocolException {
        RelativePath path = checked(offer);
        arriving = path;
        Optional<FileEntry> present = own.find(path);
        FileEntry coming = new FileEntry(path, Math.floorDiv(offer.mtimeMillis(), 1000L) * 1000, offer.length());
        Optional<String> unwanted = whyUnwanted(coming, present);
        arrivesInVain = unwanted.isPresent()
                && present.filter(here -> isNewerWithinWindow(coming, here)).isPresent();
        if (arrivesInVain || (CoarseTimes.matterTo(policy) && isRoundedBeside(coming, present))) {
            tellOfTimes(CoarseTimes.advice(path, CONFIGURATIONS));
        }
        if (unwanted.isPresent()) {
            receiver.beginUnwanted(new SkippedFile(path.text(), SkipReason.REFUSED, unwanted.get()));
        } else {
            // Never over a file in another Unicode form: what the server lists is not known here, and it may have both.
            receiver.begin(new FileReceiver.WantedFile(path, present, coming.mtimeMillis(), offer.length()), () -> {});
        }
    }

    /** Returns whether a file counts as unchanged here, though to a server with a smaller window it is newer. */
    private boolean isNewerWithinWindow(FileEntry coming, FileEntry here) {
        return policy.times() == TimeUse.USED
                && coming.mtimeSeconds() > here.mtimeSeconds()
                && !policy.replaces(coming, here);
    }

    private static boolean isRoundedBeside(FileEntry coming, Optional<FileEntry> present) {
        return present.filter(here -> CoarseTimes.differByLess(coming, here)).isPresent();
    }

    private void tellOfTimes(String advice) {
        if (!toldOfTimes) {
            toldOfTimes = true;
            host.hint(advice);
        }
    }

    void content(FileContent content) {
        receiver.content(content.content());
    }

    void end(FileEnd end) {
        RelativePath path = arriving;
        if (path == null) {
            throw new IllegalStateException("the decoder ends no file that it has not begun");
        }
        arriving = null;
        boolean inVain = arrivesInVain;
        storing++;
        receiver.end(end.md5Hex(), result -> stored(path, result, inVain));
    }

    /** Takes note that the server has no more. */
    void end() {
        ended = true;
        finishWhenStored();
    }

    private RelativePath checked(FileOffer offer) throws SyncProtocolException {
        RelativePath path;
        try {
            path = names.parse(offer.name().text());
        } catch (PathRefusedException e) {
            throw new SyncProtocolException(Reason.BAD_NAME, "offered name: " + e.getMessage());
        }
        String excerpt = SyncProtocolException.excerpt(path.text());
        if (!profile.type().fromServer()) {
            throw new SyncProtocolException(
                    Reason.NOT_AGREED,
                    "offered name: " + excerpt + " (expected: none, the sync type is "
                            + profile.type().configName() + ")");
        }
        if (path.isNested() && profile.recursion() == Recursion.TOP_LEVEL) {
            throw new SyncProtocolException(
                    Reason.NOT_AGREED,
                    "offered name: " + excerpt
                            + " lies in a sub-directory (expected: none, the sync is not recursive)");
        }
        if (offered.size() >= MAX_OFFERS) {
            throw new SyncProtocolException(
                    Reason.LIMIT_EXCEEDED,
                    "offered name: more than " + MAX_OFFERS + " (expected: as many at the most)");
        }
        remember(FileListing.memoryBytes(path.text()));
        if (!offered.add(path)) {
            throw new SyncProtocolException(Reason.DUPLICATE_NAME, "offered name: " + excerpt + " came twice");
        }
        return path;
    }

    private void remember(long bytes) throws SyncProtocolException {
        memoryBytes += bytes;
        if (memoryBytes > maxMemoryBytes) {
            throw new SyncProtocolException(
                    Reason.LIMIT_EXCEEDED,
                    "offered name: no memory left for it after " + offered.size()
                            + " (expected: fewer or shorter names; or start with a larger -Xmx)");
        }
    }

    private Optional<String> whyUnwanted(FileEntry coming, Optional<FileEntry> present) {
        if (profile.excludes().excludes(coming.path())) {
            return Optional.of("it is excluded here, and was offered all the same; exclude it on the server too");
        }
        if (present.isEmpty()) {
            return Optional.empty();
        }
        if (!profile.type().usesTimes()) {
            return Optional.of("it is here already, and was offered all the same");
        }
        return policy.replaces(coming, present.get())
                ? Optional.empty()
                : Optional.of("the copy here is as new or newer, and the other was offered all the same");
    }

    private void stored(RelativePath path, ReceiveResult result, boolean inVain) {
        storing--;
        if (result instanceof ReceiveResult.Stored stored) {
            host.received(path, stored.bytes());
            if (stored.how() == CommitResult.STORED_TIME_ROUNDED) {
                timeRounded(path);
            } else if (stored.how() == CommitResult.STORED_TIME_NOT_KEPT) {
                host.skipped(new SkippedFile(
                        path.text(),
                        SkipReason.TIME,
                        "it arrived, but this disk does not keep its time; use a type without times (no_time) here"));
            }
        } else if (result instanceof ReceiveResult.Skipped skipped) {
            if (!inVain) {
                host.skipped(explained(path, skipped.file()));
            }
            try {
                remember(UNWANTED_BYTES);
            } catch (SyncProtocolException e) {
                host.failed(e);
                return;
            }
        } else {
            host.failed(new SyncProtocolException(
                    Reason.CHECKSUM_MISMATCH,
                    "checksum: not that of the content of " + SyncProtocolException.excerpt(path.text())));
            return;
        }
        finishWhenStored();
    }

    /** Names the own file that is in the way, if it is one that differs only in how it is spelled. */
    private SkippedFile explained(RelativePath path, SkippedFile skipped) {
        if (skipped.reason() != SkipReason.CHANGED || own.find(path).isPresent() || twinsLookedFor == MAX_TWINS) {
            return skipped;
        }
        twinsLookedFor++;
        return CaseTwins.twinOf(path, own)
                .map(twin -> new SkippedFile(path.text(), SkipReason.NAME, CaseTwins.sameAs(twin)))
                .orElse(skipped);
    }

    private void timeRounded(RelativePath path) {
        if (CoarseTimes.matterTo(policy)) {
            tellOfTimes(CoarseTimes.adviceOfRounding(path, CONFIGURATIONS));
        }
    }

    private void finishWhenStored() {
        if (ended && storing == 0) {
            host.downloadsDone();
        }
    }
}
