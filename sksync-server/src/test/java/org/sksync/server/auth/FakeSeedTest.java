package org.sksync.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sksync.protocol.srp.SrpVerifier;
import org.sksync.protocol.srp.UserName;

class FakeSeedTest {

    private final SecureRandom random = new SecureRandom();
    private UserName ann;
    private UserName bob;
    private SrpVerifier ofAnn;
    private SrpVerifier ofBob;

    @BeforeEach
    void makeUsers() throws Exception {
        ann = UserName.of("ann");
        bob = UserName.of("bob");
        ofAnn = SrpVerifier.create(ann, "one".toCharArray(), random);
        ofBob = SrpVerifier.create(bob, "two".toCharArray(), random);
    }

    private byte[] seed(Map<UserName, SrpVerifier> users) {
        return FakeSeed.of(VerifierLookup.of(users), random);
    }

    @Test
    void isTheSameAfterARestart() {
        Map<UserName, SrpVerifier> oneOrder = new LinkedHashMap<>();
        oneOrder.put(ann, ofAnn);
        oneOrder.put(bob, ofBob);
        Map<UserName, SrpVerifier> otherOrder = new LinkedHashMap<>();
        otherOrder.put(bob, ofBob);
        otherOrder.put(ann, ofAnn);

        assertThat(seed(oneOrder)).isEqualTo(seed(otherOrder)).hasSize(32);
    }

    @Test
    void isAnotherForEachDaemon() throws Exception {
        SrpVerifier again = SrpVerifier.create(ann, "one".toCharArray(), random);

        assertThat(seed(Map.of(ann, ofAnn))).isNotEqualTo(seed(Map.of(ann, again)));
        assertThat(seed(Map.of())).isNotEqualTo(seed(Map.of()));
    }
}
