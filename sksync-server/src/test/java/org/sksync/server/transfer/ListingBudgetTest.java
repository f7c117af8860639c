package org.sksync.server.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sksync.files.filter.ExcludeFilter;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.scan.SkippedFile;
import org.sksync.protocol.message.ListedFile;
import org.sksync.protocol.message.WireName;
import org.sksync.protocol.session.SyncProtocolException;
import org.sksync.protocol.session.SyncProtocolException.Reason;

class ListingBudgetTest {

    private final List<SkippedFile> skipped = new ArrayList<>();

    @Test
    void givesNoMoreThanItHas() {
        ListingBudget budget = new ListingBudget(10);

        assertThat(budget.reserve(10)).isTrue();
        assertThat(budget.reserve(1)).isFalse();
        budget.release(1);
        assertThat(budget.reserve(1)).isTrue();
    }

    @Test
    void endsAListingThatTakesMoreThanIsLeft() throws SyncProtocolException {
        ListingBudget budget = new ListingBudget(900);
        ClientListing first = listing(budget);
        first.add(file("a".repeat(200)));

        ClientListing second = listing(budget);
        assertThatExceptionOfType(SyncProtocolException.class)
                .isThrownBy(() -> second.add(file("b".repeat(200))))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.LIMIT_EXCEEDED));

        first.release();
        second.add(file("b".repeat(200)));
        assertThat(second.build().size()).isEqualTo(1);
    }

    @Test
    void leavesOutWhatLiesInAStagingDirectory() throws SyncProtocolException {
        ClientListing listing = listing(new ListingBudget(1000));

        listing.add(file(".sksync/x"));

        assertThat(listing.build().size()).isZero();
        assertThat(skipped).extracting(SkippedFile::name).containsExactly(".sksync/x");
    }

    private ClientListing listing(ListingBudget budget) {
        return new ClientListing(PlatformNames.POSIX, ExcludeFilter.none(), 1000, budget, skipped::add);
    }

    private static ListedFile file(String name) {
        return new ListedFile(1_400_000_000_000L, new WireName(name));
    }
}
