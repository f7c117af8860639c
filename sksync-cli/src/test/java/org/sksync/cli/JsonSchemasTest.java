package org.sksync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schemas describe every field, in the words of docs/json.md, and find what does not fit them. */
class JsonSchemasTest {

    static List<String> types() {
        return List.copyOf(JsonSchemas.files().keySet());
    }

    @ParameterizedTest
    @MethodSource("types")
    void areOfOneDialectAndNamedAfterTheirType(String type) {
        JsonNode schema = JsonSchemas.files().get(type);

        assertThat(schema.path("$schema").asText()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.path("title").asText()).isEqualTo(type);
        assertThat(schema.at("/properties/message_type/const").asText()).isEqualTo(type);
        assertThat(schema.path("required").valueStream().map(JsonNode::asText)).contains("message_type");
    }

    @ParameterizedTest
    @MethodSource("types")
    void describeEachFieldAsTheManualDoes(String type) throws IOException {
        String manual = Files.readString(SksyncJar.ROOT.resolve("docs/json.md"));
        String heading = "### `" + type + "`\n";
        assertThat(manual).contains(heading);
        String after = manual.substring(manual.indexOf(heading) + heading.length());
        int next = after.indexOf("\n### ");
        String section = next < 0 ? after : after.substring(0, next);

        assertThat(rows(JsonSchemas.files().get(type), ""))
                .allSatisfy(row -> assertThat(section).containsPattern(row));
    }

    /** Returns a pattern for each row of the manual's table, in which the field and its meaning stand. */
    private static List<String> rows(JsonNode object, String prefix) {
        List<String> rows = new ArrayList<>();
        object.path("properties").properties().forEach(member -> {
            JsonNode field = member.getValue();
            String name = prefix + member.getKey();
            if (!name.equals("message_type")) {
                assertThat(field.path("description").asText()).as(name).isNotBlank();
                rows.add("(?m)^\\| \\Q`" + name + "`\\E \\| .* \\| \\Q"
                        + field.path("description").asText() + "\\E \\|$");
            }
            rows.addAll(rows(field, name + "."));
            rows.addAll(rows(field.path("items"), name + "[]."));
        });
        return rows;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"message_type\":\"unheard of\"}",
                "{\"message_type\":\"warning\"}",
                "{\"message_type\":\"warning\",\"message\":5}",
                "{\"message_type\":\"warning\",\"message\":\"mind\",\"more\":1}",
                "warning: mind",
            })
    void findsWhatDoesNotFit(String line) {
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> JsonSchemas.typesOfValid(line));
    }

    @Test
    void acceptsWhatFits() {
        assertThat(JsonSchemas.typesOfValid("{\"message_type\":\"warning\",\"message\":\"mind\"}"))
                .containsExactly("warning");
    }
}
