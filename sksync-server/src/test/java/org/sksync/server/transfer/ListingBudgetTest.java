package org.sksync.server.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sksync.files.filter.ExcludeFilter;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.scan.FileListing;
import org.sksync.files.scan.SkippedFile;
import org.sksync.protocol.codec.CodecLimits;
import org.sksync.protocol.message.ListedFile;
import org.sksync.protocol.message.WireName;
import org.sksync.protocol.session.SyncProtocolException;
import org.sksync.protocol.session.SyncProtocolException.Reason;
import org.sksync.server.config.SessionLimits;
import org.sksync.server.config.Timeouts;

class ListingBudgetTest {

    private static final SessionLimits LIMITS = new SessionLimits(CodecLimits.DEFAULT, 3, 500, 0, 1, Timeouts.DEFAULT);

    private final List<SkippedFile> skipped = new ArrayList<>();

    @Test
    void givesNoMoreThanItHas() {
        ListingBudget budget = new ListingBudget(() -> 10);
        ListingBudget.Share one = budget.share();
        ListingBudget.Share other = budget.share();

        assertThat(one.take(7)).isTrue();
        assertThat(other.take(3)).isTrue();
        assertThat(other.take(1)).isFalse();
        one.shrinkTo(6);
        assertThat(other.take(1)).isTrue();
        assertThat(one.bytes()).isEqualTo(6);
        assertThat(other.bytes()).isEqualTo(4);
    }

    @Test
    void takesBackAllOfAShareThatIsClosedAndGivesItNoMore() {
        ListingBudget budget = new ListingBudget(() -> 10);
        ListingBudget.Share closed = budget.share();
        closed.take(10);

        closed.close();
        closed.close();

        assertThat(closed.take(1)).isFalse();
        assertThat(budget.share().take(10)).isTrue();
        assertThat(budget.share().take(1)).isFalse();
    }

    @Test
    void shrinkingGivesNothingThatWasNotTaken() {
        ListingBudget budget = new ListingBudget(() -> 10);
        ListingBudget.Share share = budget.share();
        share.take(4);

        share.shrinkTo(8);

        assertThat(share.bytes()).isEqualTo(4);
    }

    @Test
    void endsAListingThatTakesMoreThanIsLeft() throws SyncProtocolException {
        ListingBudget budget = new ListingBudget(() -> 600);
        ClientListing first = listing(budget);
        first.add(file("a".repeat(200)));

        ClientListing second = listing(budget);
        assertRefused(second, "b".repeat(200));

        first.release();
        second.add(file("b".repeat(200)));
        assertThat(second.build().size()).isEqualTo(1);
    }

    @Test
    void countsAsManyBytesAsAFileTakesAndGivesBackWhatOnlyTheMakingTook() throws SyncProtocolException {
        ListingBudget budget = new ListingBudget(() -> 10_000);
        ClientListing listing = listing(budget);
        for (int i = 0; i < 3; i++) {
            listing.add(file("name" + i));
        }
        long making = 3 * FileListing.memoryBytes("name0");
        assertThat(left(budget)).isEqualTo(10_000 - making);

        FileListing built = listing.build();
        assertThat(built.size()).isEqualTo(3);
        long made = making - 3L * FileListing.Builder.BYTES_PER_FILE;
        assertThat(left(budget)).isEqualTo(10_000 - made);

        listing.keep(1);
        assertThat(left(budget)).isEqualTo(10_000 - made / 3);
        listing.keep(0);
        assertThat(left(budget)).isEqualTo(10_000);
    }

    @Test
    void endsAListingWithMoreFilesOrMoreTextThanAllowed() throws SyncProtocolException {
        ListingBudget budget = new ListingBudget(() -> 100_000);
        ClientListing files = listing(budget);
        files.add(file("1"));
        files.add(file("2"));
        files.add(file("3"));
        assertRefused(files, "4");

        ClientListing text = listing(budget);
        text.add(file("\u00fc".repeat(242)));
        assertRefused(text, "\u00fc");
    }

    private static long left(ListingBudget budget) {
        try (ListingBudget.Share share = budget.share()) {
            long left = 0;
            while (share.take(1)) {
                left++;
            }
            return left;
        }
    }

    private static void assertRefused(ClientListing listing, String name) {
        assertThatExceptionOfType(SyncProtocolException.class)
                .isThrownBy(() -> listing.add(file(name)))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.LIMIT_EXCEEDED));
    }

    @Test
    void leavesOutWhatLiesInAStagingDirectory() throws SyncProtocolException {
        ClientListing listing = listing(new ListingBudget(() -> 1000));

        listing.add(file(".sksync/x"));

        assertThat(listing.build().size()).isZero();
        assertThat(skipped).extracting(SkippedFile::name).containsExactly(".sksync/x");
    }

    private ClientListing listing(ListingBudget budget) {
        return new ClientListing(PlatformNames.POSIX, ExcludeFilter.none(), LIMITS, budget, skipped::add);
    }

    private static ListedFile file(String name) {
        return new ListedFile(1_400_000_000_000L, new WireName(name));
    }
}
