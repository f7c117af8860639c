package org.sksync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.sksync.cli.SksyncJar.Ended;

/** The schemas in docs/json, by the message type of the lines that they describe. */
public final class JsonSchemas {

    private static final String ENDING = ".schema.json";
    private static final String LAST = "exit_error";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, JsonNode> FILES = read();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private JsonSchemas() {}

    /** Returns what each schema file holds. */
    static Map<String, JsonNode> files() {
        return FILES;
    }

    /**
     * Fails unless every line is valid and has no field that its schema does not tell of.
     *
     * @return the message types of the lines, one after the other
     */
    public static List<String> typesOfValid(String lines) {
        return lines.lines().map(JsonSchemas::typeOfValid).toList();
    }

    /**
     * Fails unless a run has kept what docs/json.md promises of every one: valid lines that could be shown as they are,
     * nothing on standard error, and {@code exit_error} at the end, where it failed and only there.
     *
     * @return the message types of the lines, one after the other
     */
    static List<String> typesOfValid(Ended ended) {
        List<String> types = typesOfValid(ended.out());
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out().replace("\n", "")).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
        List<String> failures = types.stream().filter(LAST::equals).toList();
        if (ended.exitCode() == 0) {
            assertThat(failures).as(ended.out()).isEmpty();
        } else {
            assertThat(failures).as(ended.out()).hasSize(1);
            assertThat(types).last().isEqualTo(LAST);
            assertThat(ended.out()).contains("\"" + LAST + "\",\"code\":" + ended.exitCode() + ",");
        }
        return types;
    }

    private static String typeOfValid(String line) {
        JsonNode value;
        try {
            value = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + line, e);
        }
        String type = value.path("message_type").asText();
        assertThat(FILES).as(line).containsKey(type);
        Schema schema = REGISTRY.getSchema(FILES.get(type));
        assertThat(schema.validate(value)).as(line).isEmpty();
        assertThat(unknown(value, FILES.get(type))).as(line).isEmpty();
        return type;
    }

    private static List<String> unknown(JsonNode value, JsonNode schema) {
        if (value.isArray()) {
            return stream(value)
                    .flatMap(each -> unknown(each, schema.path("items")).stream())
                    .toList();
        }
        JsonNode properties = schema.path("properties");
        return value.properties().stream()
                .flatMap(member -> properties.has(member.getKey())
                        ? unknown(member.getValue(), properties.get(member.getKey())).stream()
                        : Stream.of(member.getKey()))
                .toList();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return array.valueStream();
    }

    private static Map<String, JsonNode> read() {
        Map<String, JsonNode> schemas = new TreeMap<>();
        try (Stream<Path> files = Files.list(SksyncJar.ROOT.resolve("docs/json"))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                schemas.put(name.replace(ENDING, ""), JSON.readTree(Files.readString(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return schemas;
    }
}
