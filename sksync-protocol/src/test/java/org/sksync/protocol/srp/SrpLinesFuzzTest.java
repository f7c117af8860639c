package org.sksync.protocol.srp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.sksync.protocol.srp.SrpVectors.Vector;

/**
 * What both ends of a login make of any fields: nothing but an {@link SrpException}, and nobody gets in by chance.
 *
 * <p>An input is five fields with spaces or line feeds between them: user name, A, M, salt and B, in hex. The secret
 * exponents are small, since the fields are under attack here and not the arithmetic.
 */
class SrpLinesFuzzTest {

    private static final BigInteger SECRET = BigInteger.valueOf(3);
    private static final FakeVerifiers VERIFIERS = new FakeVerifiers(new byte[] {1, 2, 3, 4}, List.of());
    private static final int FIELDS = 5;

    static Stream<byte[]> logins() {
        Stream<String> recorded = SrpVectors.all()
                .map(login -> String.join(
                        " ",
                        HexFormat.of().formatHex(login.text("username").getBytes(ISO_8859_1)),
                        even(login, "A"),
                        even(login, "M"),
                        login.text("salt"),
                        even(login, "B")));
        String n = SrpMath.N.toString(16);
        Stream<String> hostile = Stream.of(
                "626f62 00 00 00 00",
                "626f62 " + n + " 00 aa " + n,
                "626f62 " + n + "00 00 aa 01",
                "626f62 02 00 aa 02",
                "ff 02 00 aa 02",
                "efbfbd 02",
                "0a 02",
                "62 2",
                "  ",
                "\n\n\n\n",
                "626F62 0A 0B 0C 0D",
                "61".repeat(256) + " 02",
                "626f62 " + "f".repeat(1024) + " 02 " + "ab".repeat(65) + " 02");
        return Stream.concat(recorded, hostile).map(text -> text.getBytes(ISO_8859_1));
    }

    private static String even(Vector login, String field) {
        return Hex.encode(SrpMath.shortest(login.integer(field)));
    }

    @MethodSource("logins")
    @FuzzTest
    void refusesOrGoesOnToTheProof(byte[] input) {
        String[] found = new String(input, ISO_8859_1).split("[ \n]", FIELDS);
        String[] fields = Arrays.copyOf(found, FIELDS);
        Arrays.fill(fields, found.length, FIELDS, "");
        UserName user;
        try {
            user = UserName.fromUtf8(Hex.decode("user name", fields[0], UserName.MAX_BYTES));
            assertThat(UserName.fromUtf8(user.utf8())).isEqualTo(user);
            assertThat(UserName.of(user.value())).isEqualTo(user);
        } catch (SrpException e) {
            assertSays(e);
            return;
        }
        server(user, fields[1], fields[2]);
        client(user, fields[3], fields[4]);
    }

    private static void server(UserName user, String publicAHex, String proofHex) {
        try {
            byte[] publicA = Hex.decode("A", publicAHex, SrpServerHandshake.MAX_PUBLIC_KEY_BYTES);
            SrpServerHandshake handshake = new SrpServerHandshake(user, VERIFIERS.verifierFor(user), publicA, SECRET);
            assertThat(handshake.challenge().publicKey()).isNotEmpty();
            byte[] proof = Hex.decode("proof", proofHex, SrpServerHandshake.PROOF_BYTES);
            assertThat(Hex.decode("proof", Hex.encode(proof), SrpServerHandshake.PROOF_BYTES))
                    .isEqualTo(proof);

            Optional<byte[]> confirmation = handshake.verify(proof);

            assertThat(confirmation).isEmpty();
        } catch (SrpException e) {
            assertSays(e);
        }
    }

    private static void client(UserName user, String saltHex, String publicBHex) {
        try {
            SrpClientHandshake handshake =
                    new SrpClientHandshake(user, "pass".toCharArray(), InnerDigest.WHOLE, SECRET);
            byte[] salt = Hex.decode("salt", saltHex, SrpVerifier.MAX_SALT_BYTES);
            byte[] publicB = Hex.decode("B", publicBHex, SrpServerHandshake.MAX_PUBLIC_KEY_BYTES);

            byte[] proof = handshake.proof(salt, publicB);

            assertThat(proof).hasSize(SrpServerHandshake.PROOF_BYTES);
            assertThat(handshake.confirms(publicB)).isFalse();
        } catch (SrpException e) {
            assertSays(e);
        }
    }

    private static void assertSays(SrpException refusal) {
        assertThat(refusal.getMessage()).isNotBlank();
        assertThat(refusal.reason()).isNotNull();
    }
}
