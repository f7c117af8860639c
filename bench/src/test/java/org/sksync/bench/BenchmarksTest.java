package org.sksync.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sksync.files.plan.SyncPlan;
import org.sksync.protocol.message.ProtocolLevel;

/** Each benchmark does the work that its figure is read as. */
class BenchmarksTest {

    @ParameterizedTest
    @EnumSource(ProtocolLevel.class)
    void decodesEveryLineOfAListing(ProtocolLevel level) {
        DecoderBenchmark benchmark = new DecoderBenchmark();
        benchmark.level = level;
        benchmark.open();

        assertThat(benchmark.listingLines()).isEqualTo(DecoderBenchmark.LINES);
        assertThat(benchmark.listingLines()).as("the same bytes again").isEqualTo(DecoderBenchmark.LINES);

        benchmark.close();
    }

    @ParameterizedTest
    @EnumSource(ProtocolLevel.class)
    void decodesOfferContentAndEndOfEveryFile(ProtocolLevel level) {
        DecoderBenchmark benchmark = new DecoderBenchmark();
        benchmark.level = level;
        benchmark.open();

        assertThat(benchmark.smallFiles()).isGreaterThanOrEqualTo(3 * DecoderBenchmark.FILES);
        assertThat(benchmark.smallFiles())
                .as("the same bytes again")
                .isGreaterThanOrEqualTo(3 * DecoderBenchmark.FILES);

        benchmark.close();
    }

    @ParameterizedTest
    @EnumSource(PlanBenchmark.Difference.class)
    void plansWhatDiffers(PlanBenchmark.Difference difference) throws Exception {
        PlanBenchmark benchmark = new PlanBenchmark();
        benchmark.names = 1000;
        benchmark.difference = difference;
        benchmark.list();

        SyncPlan plan = benchmark.plan();

        assertThat(plan.toServer()).isEmpty();
        assertThat(plan.toClient())
                .hasSize(
                        switch (difference) {
                            case NOTHING -> 0;
                            case TENTH_OLDER -> 100;
                            case ALL_MISSING -> 1000;
                        });
    }

    @Test
    void listsEveryFileOfTheTree() throws Exception {
        ScanBenchmark benchmark = new ScanBenchmark();
        benchmark.files = 120;
        benchmark.makeTree();

        assertThat(benchmark.scan().files().size()).isEqualTo(120);
        assertThat(benchmark.scan().skipped()).isEmpty();

        benchmark.removeTree();
    }
}
