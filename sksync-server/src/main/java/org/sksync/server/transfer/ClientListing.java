package org.sksync.server.transfer;

import io.netty.buffer.ByteBufUtil;
import java.util.Optional;
import java.util.function.Consumer;
import org.sksync.files.filter.ExcludeFilter;
import org.sksync.files.path.PathRefusedException;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.path.RelativePath;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.FileListing;
import org.sksync.files.scan.SkipReason;
import org.sksync.files.scan.SkippedFile;
import org.sksync.protocol.message.ListedFile;
import org.sksync.protocol.session.SyncProtocolException;
import org.sksync.protocol.session.SyncProtocolException.Reason;
import org.sksync.server.config.SessionLimits;

/** Collects what a client lists, leaving out what is excluded and what this platform can't store. */
final class ClientListing {

    /** What a line has beside the name: a time of today, a space, a line feed. */
    private static final int LINE_BYTES = 15;

    private final PlatformNames names;
    private final ExcludeFilter excludes;
    private final int maxFiles;
    private final long maxBytes;
    private final ListingBudget.Share share;
    private final Consumer<SkippedFile> onSkip;
    private FileListing.Builder files = FileListing.builder();
    private int listed;
    private long listedBytes;

    ClientListing(
            PlatformNames names,
            ExcludeFilter excludes,
            SessionLimits limits,
            ListingBudget budget,
            Consumer<SkippedFile> onSkip) {
        this.names = names;
        this.excludes = excludes;
        this.maxFiles = limits.maxListedFiles();
        this.maxBytes = limits.maxListingBytes();
        this.share = budget.share();
        this.onSkip = onSkip;
    }

    void add(ListedFile file) throws SyncProtocolException {
        listed++;
        if (listed > maxFiles) {
            throw new SyncProtocolException(
                    Reason.LIMIT_EXCEEDED, "listing: more than " + maxFiles + " files (expected: as many at the most)");
        }
        listedBytes += LINE_BYTES + ByteBufUtil.utf8Bytes(file.name().text());
        if (listedBytes > maxBytes) {
            throw new SyncProtocolException(
                    Reason.LIMIT_EXCEEDED,
                    "listing: more than " + maxBytes + " bytes after " + listed
                            + " files (expected: as many at the most)");
        }
        reserve(FileListing.memoryBytes(file.name().text()));
        RelativePath path;
        try {
            path = names.parse(file.name().text());
        } catch (PathRefusedException e) {
            if (e.reason() == PathRefusedException.Reason.STAGING_NAME) {
                // Other programs list what a killed process has left there; that is no attack.
                onSkip.accept(new SkippedFile(
                        file.name().text(),
                        SkipReason.NAME,
                        "lies in a staging directory, which a sync that was killed has left; delete it there"));
                return;
            }
            throw new SyncProtocolException(Reason.BAD_NAME, "listed file's name: " + e.getMessage());
        }
        if (excludes.excludes(path)) {
            return;
        }
        Optional<String> fault = names.whyNotStorable(path);
        if (fault.isPresent()) {
            onSkip.accept(
                    new SkippedFile(path.text(), SkipReason.NAME, "the name " + fault.get() + "; rename it there"));
        } else if (!files.add(new FileEntry(path, file.mtimeMillis(), FileEntry.UNKNOWN_SIZE))) {
            throw new SyncProtocolException(
                    Reason.DUPLICATE_NAME,
                    "listed file's name: " + SyncProtocolException.excerpt(path.text()) + " came twice");
        }
    }

    /** Gives back what the listing took from the budget. */
    void release() {
        share.close();
    }

    /** Gives back what it took for more than {@code kept} of its files, which alone are still in memory. */
    void keep(int kept) {
        share.shrinkTo(listed == 0 ? 0 : share.bytes() / listed * kept);
    }

    private void reserve(long bytes) throws SyncProtocolException {
        if (!share.take(bytes)) {
            throw new SyncProtocolException(
                    Reason.LIMIT_EXCEEDED,
                    "listing: no memory left for it after " + listed
                            + " files (expected: fewer or shorter names, or fewer clients at a time)");
        }
    }

    /** Returns the listing, and begins an empty one. */
    FileListing build() {
        FileListing built = files.build();
        files = FileListing.builder();
        share.shrinkTo(share.bytes() - (long) built.size() * FileListing.Builder.BYTES_PER_FILE);
        return built;
    }
}
