package org.sksync.protocol.srp;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FakeVerifiersTest {

    private static final byte[] SEED = {1, 2, 3};

    private final SecureRandom random = new SecureRandom();

    @Test
    void givesOneNameOneVerifierInEveryProcess() throws SrpException {
        SrpVerifier first = new FakeVerifiers(SEED, List.of()).verifierFor(UserName.of("nobody"));
        SrpVerifier second = new FakeVerifiers(SEED.clone(), List.of()).verifierFor(UserName.of("nobody"));

        assertThat(second).isEqualTo(first);
    }

    @Test
    void givesEachNameAndEachSeedItsOwn() throws SrpException {
        UserName name = UserName.of("nobody");
        SrpVerifier fake = new FakeVerifiers(SEED, List.of()).verifierFor(name);
        SrpVerifier otherName = new FakeVerifiers(SEED, List.of()).verifierFor(UserName.of("nobodz"));
        SrpVerifier otherSeed = new FakeVerifiers(new byte[] {9}, List.of()).verifierFor(name);

        assertThat(Set.of(fake.saltHex(), otherName.saltHex(), otherSeed.saltHex()))
                .hasSize(3);
        assertThat(Set.of(fake.verifierHex(), otherName.verifierHex(), otherSeed.verifierHex()))
                .hasSize(3);
    }

    @Test
    void isNotChangedThroughItsSeed() throws SrpException {
        byte[] seed = SEED.clone();
        FakeVerifiers fakes = new FakeVerifiers(seed, List.of());

        seed[0] = 99;

        assertThat(fakes.verifierFor(UserName.of("nobody")))
                .isEqualTo(new FakeVerifiers(SEED, List.of()).verifierFor(UserName.of("nobody")));
    }

    @Test
    void neverStartsSaltWithZero() throws SrpException {
        FakeVerifiers fakes = new FakeVerifiers(SEED, List.of());
        for (int i = 0; i < 2_000; i++) {
            assertThat(fakes.verifierFor(UserName.of("user" + i)).saltHex())
                    .hasSize(32)
                    .doesNotStartWith("00");
        }
    }

    @Test
    void makesSaltsAsLongAsTheRealOnes() throws SrpException {
        List<SrpVerifier> existing = new ArrayList<>();
        existing.add(SrpVerifier.of(new byte[] {1, 2, 3, 4}, BigInteger.TEN));
        existing.add(SrpVerifier.of(new byte[16], BigInteger.TEN));
        FakeVerifiers fakes = new FakeVerifiers(SEED, existing);

        Set<Integer> lengths = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            lengths.add(fakes.verifierFor(UserName.of("user" + i)).salt().length);
        }

        assertThat(lengths).containsExactlyInAnyOrder(4, 16);
    }

    @Test
    void carriesALoginToTheProofAndFailsThere() throws SrpException {
        UserName name = UserName.of("nobody");
        SrpVerifier fake = new FakeVerifiers(SEED, List.of()).verifierFor(name);
        SrpClientHandshake client = new SrpClientHandshake(name, "guess".toCharArray(), random);
        SrpServerHandshake server = new SrpServerHandshake(name, fake, client.publicKey(), random);

        byte[] proof =
                client.proof(server.challenge().salt(), server.challenge().publicKey());

        assertThat(server.verify(proof)).isEmpty();
    }
}
