package org.sksync.protocol.srp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sksync.protocol.srp.SrpVectors.Vector;

/** Both ends of a login reproduce the logins recorded from a real peer, digit for digit. */
class SrpVectorsTest {

    @Test
    void usesTheRecordedGroupAndMultiplier() {
        JsonNode document = SrpVectors.document();

        assertThat(SrpMath.N).isEqualTo(new BigInteger(document.get("N").textValue(), 16));
        assertThat(SrpMath.G).isEqualTo(new BigInteger(document.get("g").textValue(), 16));
        assertThat(SrpMath.K_MULTIPLIER)
                .isEqualTo(new BigInteger(document.get("k").textValue(), 16));
    }

    @Test
    void coversEveryRareCase() {
        assertThat(SrpVectors.all()).hasSize(12);
    }

    @ParameterizedTest
    @MethodSource("org.sksync.protocol.srp.SrpVectors#all")
    void derivesVerifierFromPassword(Vector vector) throws SrpException {
        BigInteger x = SrpMath.x(vector.bytes("salt"), SrpMath.innerDigest(vector.user(), vector.password()));

        assertThat(x).isEqualTo(vector.integer("x"));
        assertThat(SrpMath.verifier(x)).isEqualTo(vector.integer("verifier"));
        assertThat(vector.verifier().matches(vector.user(), vector.password())).isTrue();
        assertThat(vector.verifier().verifierHex()).isEqualTo(vector.text("verifier"));
        assertThat(vector.verifier().saltHex()).isEqualTo(vector.text("salt"));
    }

    @ParameterizedTest
    @MethodSource("org.sksync.protocol.srp.SrpVectors#all")
    void sharesScramblerSecretAndKey(Vector vector) throws SrpException {
        BigInteger u = SrpMath.u(vector.integer("A"), vector.integer("B"));

        assertThat(u).isEqualTo(vector.integer("u"));
        assertThat(SrpMath.clientSecret(vector.integer("B"), vector.integer("x"), vector.integer("a"), u))
                .isEqualTo(vector.integer("S"));
        assertThat(SrpMath.serverSecret(vector.integer("A"), vector.integer("verifier"), u, vector.integer("b")))
                .isEqualTo(vector.integer("S"));
        assertThat(SrpMath.sessionKey(vector.integer("S"))).isEqualTo(vector.bytes("K"));
    }

    @ParameterizedTest
    @MethodSource("org.sksync.protocol.srp.SrpVectors#all")
    void serverChallengesAndAnswersAsRecorded(Vector vector) throws SrpException {
        SrpServerHandshake server =
                new SrpServerHandshake(vector.user(), vector.verifier(), vector.bytes("A"), vector.integer("b"));

        assertThat(server.challenge().saltHex()).isEqualTo(vector.text("salt"));
        assertThat(server.challenge().publicKeyHex()).isEqualTo(vector.text("B"));
        assertThat(server.verify(vector.bytes("M"))).hasValue(vector.bytes("HAMK"));
    }

    @ParameterizedTest
    @MethodSource("org.sksync.protocol.srp.SrpVectors#all")
    void clientProvesAndConfirmsAsRecorded(Vector vector) throws SrpException {
        SrpClientHandshake client =
                new SrpClientHandshake(vector.user(), vector.password(), InnerDigest.WHOLE, vector.integer("a"));

        assertThat(client.publicKey()).isEqualTo(vector.bytes("A"));
        assertThat(client.proof(vector.bytes("salt"), vector.bytes("B"))).isEqualTo(vector.bytes("M"));
        assertThat(client.confirms(vector.bytes("HAMK"))).isTrue();
    }
}
