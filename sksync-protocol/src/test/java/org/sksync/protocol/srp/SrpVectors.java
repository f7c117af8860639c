package org.sksync.protocol.srp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The recorded logins of srp.json. */
final class SrpVectors {

    private SrpVectors() {}

    static JsonNode document() {
        try (InputStream in = Objects.requireNonNull(SrpVectors.class.getResourceAsStream("srp.json"))) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Vector> all() {
        return StreamSupport.stream(document().get("vectors").spliterator(), false)
                .map(Vector::new);
    }

    /** One recorded login. */
    record Vector(JsonNode json) {

        String text(String field) {
            return json.required(field).textValue();
        }

        byte[] bytes(String field) {
            return HexFormat.of().parseHex(text(field));
        }

        BigInteger integer(String field) {
            return new BigInteger(text(field), 16);
        }

        UserName user() throws SrpException {
            return UserName.of(text("username"));
        }

        char[] password() {
            return text("password").toCharArray();
        }

        SrpVerifier verifier() throws SrpException {
            return SrpVerifier.ofHex(text("salt"), text("verifier"));
        }

        @Override
        public String toString() {
            return text("name");
        }
    }
}
