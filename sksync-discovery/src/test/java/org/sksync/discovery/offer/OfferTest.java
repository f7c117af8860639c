package org.sksync.discovery.offer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OfferTest {

    private static final String HEX = "0123456789abcdef".repeat(4);

    @Test
    void takesWhatADaemonTells() {
        assertThat(Offer.ofPeer(23456, Optional.of("pysksync 2"), Optional.of(HEX)))
                .contains(new Offer(23456, Optional.of("pysksync 2"), Optional.of(HEX)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65536})
    void refusesAPortThatIsNone(int port) {
        assertThat(Offer.ofPeer(port, Optional.empty(), Optional.empty())).isEmpty();
        assertThatThrownBy(() -> new Offer(port, Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("port");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "level\n", "PYSKSYNC 2", "\u001b[31m", "a level longer than any of them"})
    void leavesOutALevelInNoForm(String level) {
        assertThat(Offer.ofPeer(1, Optional.of(level), Optional.empty()))
                .contains(new Offer(1, Optional.empty(), Optional.empty()));
        assertThatThrownBy(() -> new Offer(1, Optional.of(level), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF"})
    void leavesOutAFingerprintInNoForm(String hex) {
        assertThat(Offer.ofPeer(1, Optional.empty(), Optional.of(hex)))
                .contains(new Offer(1, Optional.empty(), Optional.empty()));
        assertThatThrownBy(() -> new Offer(1, Optional.empty(), Optional.of(hex)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
