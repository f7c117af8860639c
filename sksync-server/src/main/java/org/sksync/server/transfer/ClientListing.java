package org.sksync.server.transfer;

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

/** Collects what a client lists, leaving out what is excluded and what this platform can't store. */
final class ClientListing {

    /** What an entry takes in memory beside the characters of its name. */
    private static final int FILE_COST_BYTES = 80;

    private final PlatformNames names;
    private final ExcludeFilter excludes;
    private final int maxFiles;
    private final ListingBudget budget;
    private final Consumer<SkippedFile> onSkip;
    private final FileListing.Builder files = FileListing.builder();
    private int listed;
    private long reservedBytes;

    ClientListing(
            PlatformNames names,
            ExcludeFilter excludes,
            int maxFiles,
            ListingBudget budget,
            Consumer<SkippedFile> onSkip) {
        this.budget = budget;
        this.names = names;
        this.excludes = excludes;
        this.maxFiles = maxFiles;
        this.onSkip = onSkip;
    }

    void add(ListedFile file) throws SyncProtocolException {
        listed++;
        if (listed > maxFiles) {
            throw new SyncProtocolException(
                    Reason.LIMIT_EXCEEDED, "listing: more than " + maxFiles + " files (expected: as many at the most)");
        }
        reserve(FILE_COST_BYTES + 2L * file.name().text().length());
        RelativePath path;
        try {
            path = names.parse(file.name().text());
        } catch (PathRefusedException e) {
            if (e.reason() == PathRefusedException.Reason.STAGING_NAME) {
                // Other programs list what a killed process has left there; that is no attack.
                onSkip.accept(new SkippedFile(file.name().text(), SkipReason.NAME, "lies in a staging directory"));
                return;
            }
            throw new SyncProtocolException(Reason.BAD_NAME, "listed file's name: " + e.getMessage());
        }
        if (excludes.excludes(path)) {
            return;
        }
        Optional<String> fault = names.whyNotStorable(path);
        if (fault.isPresent()) {
            onSkip.accept(new SkippedFile(path.text(), SkipReason.NAME, fault.get()));
        } else if (!files.add(new FileEntry(path, file.mtimeMillis(), FileEntry.UNKNOWN_SIZE))) {
            throw new SyncProtocolException(
                    Reason.DUPLICATE_NAME,
                    "listed file's name: " + SyncProtocolException.excerpt(path.text()) + " came twice");
        }
    }

    /** Gives back what the listing took from the budget. */
    void release() {
        budget.release(reservedBytes);
        reservedBytes = 0;
    }

    private void reserve(long bytes) throws SyncProtocolException {
        if (!budget.reserve(bytes)) {
            throw new SyncProtocolException(
                    Reason.LIMIT_EXCEEDED,
                    "listing: no memory left for it after " + listed
                            + " files (expected: fewer or shorter names, or fewer" + " clients at a time)");
        }
        reservedBytes += bytes;
    }

    FileListing build() {
        return files.build();
    }
}
