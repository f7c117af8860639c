package org.sksync.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sksync.config.SourceValue.FlagValue;
import org.sksync.config.SourceValue.ListValue;
import org.sksync.config.SourceValue.NullValue;
import org.sksync.config.SourceValue.NumberValue;
import org.sksync.config.SourceValue.ObjectValue;
import org.sksync.config.SourceValue.TextValue;

/**
 * Reads the JSON of one file into {@link SourceValue}s. Jackson's own messages are not passed on, nor are its
 * exceptions: they quote the text that they stumble on, which may be a password without its quotes.
 */
final class SourceReader {

    private static final int MAX_DEPTH = 64;

    private final Path file;
    private final List<String> warnings = new ArrayList<>();

    private SourceReader(Path file) {
        this.file = file;
    }

    /**
     * What a file holds.
     *
     * @param root the outermost object
     * @param warnings one sentence for each key that appears more than once
     */
    record Source(ObjectValue root, List<String> warnings) {}

    /**
     * Parses {@code bytes} as what {@code file} holds: JSON in UTF-8 with comments and trailing commas.
     *
     * @throws ConfigException if it is anything else, or no object
     */
    static Source parse(Path file, byte[] bytes) throws ConfigException {
        SourceReader reader = new SourceReader(file);
        JsonFactory json = new JsonFactoryBuilder()
                .streamReadConstraints(constraints())
                .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                .enable(JsonReadFeature.ALLOW_YAML_COMMENTS)
                .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                .build();
        try (JsonParser parser = json.createParser(bytes)) {
            return new Source(reader.root(parser), List.copyOf(reader.warnings));
        } catch (IOException e) {
            throw reader.unreadable(e);
        }
    }

    /** Parses a text that is one JSON value by the letter; empty if it is anything else. */
    static Optional<SourceValue> value(String text) {
        JsonFactory json = new JsonFactoryBuilder()
                .streamReadConstraints(constraints())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        try (JsonParser parser = json.createParser(text)) {
            if (parser.nextToken() == null) {
                return Optional.empty();
            }
            // No message of this reader is shown.
            SourceValue value = new SourceReader(Path.of("")).value(parser, "");
            return parser.nextToken() == null ? Optional.of(value) : Optional.empty();
        } catch (IOException | ConfigException e) {
            return Optional.empty();
        }
    }

    /** Returns whether {@code bytes} are JSON by the letter: no comment, trailing comma or repeated key is in them. */
    static boolean isPlainJson(byte[] bytes) {
        JsonFactory json = new JsonFactoryBuilder()
                .streamReadConstraints(constraints())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        try (JsonParser parser = json.createParser(bytes)) {
            while (parser.nextToken() != null) {
                // Only whether it can be read to its end is of interest.
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static StreamReadConstraints constraints() {
        return StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxStringLength(1024 * 1024)
                .maxNameLength(4096)
                .maxNumberLength(100)
                .build();
    }

    private ObjectValue root(JsonParser parser) throws IOException, ConfigException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new ConfigException(file + ": the file is empty, but must hold an object; write at least {}");
        }
        if (first != JsonToken.START_OBJECT) {
            throw new ConfigException(at(line(parser)) + "the file must hold an object; begin it with {");
        }
        ObjectValue root = object(parser, "");
        if (parser.nextToken() != null) {
            throw new ConfigException(
                    at(line(parser)) + "there is more after the end of the outermost object; remove it");
        }
        return root;
    }

    private SourceValue value(JsonParser parser, String key) throws IOException, ConfigException {
        int line = line(parser);
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, key + ".");
            case START_ARRAY -> list(parser, key);
            case VALUE_STRING -> new TextValue(line, parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new NumberValue(line, parser.getText());
            case VALUE_TRUE -> new FlagValue(line, true);
            case VALUE_FALSE -> new FlagValue(line, false);
            case VALUE_NULL -> new NullValue(line);
            default -> throw new ConfigException(at(line) + key + " has no value; write one after the colon");
        };
    }

    private ObjectValue object(JsonParser parser, String prefix) throws IOException, ConfigException {
        int line = line(parser);
        Map<String, SourceValue> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            int nameLine = line(parser);
            parser.nextToken();
            if (members.put(name, value(parser, prefix + name)) != null) {
                warnings.add(at(nameLine) + "the key " + Quoted.quoted(prefix + name)
                        + " appears more than once; the last one counts, so remove the others");
            }
        }
        return new ObjectValue(line, members);
    }

    private ListValue list(JsonParser parser, String key) throws IOException, ConfigException {
        int line = line(parser);
        List<SourceValue> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser, key));
        }
        return new ListValue(line, elements);
    }

    private static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }

    private String at(int line) {
        return file + ", line " + line + ": ";
    }

    private ConfigException unreadable(IOException failure) {
        if (failure instanceof JsonEOFException) {
            return new ConfigException(
                    file + ": the file ends in the middle of a value; look for a missing quote, ] or }");
        }
        if (failure instanceof StreamConstraintsException) {
            return new ConfigException(file + ": the file nests deeper than " + MAX_DEPTH
                    + " levels or holds an overlong name, text or number, which no sksync.json does");
        }
        if (failure instanceof JsonProcessingException json && json.getLocation() != null) {
            return new ConfigException(at(json.getLocation().getLineNr()) + "this is not JSON at column "
                    + json.getLocation().getColumnNr()
                    + "; look there and just before it for a missing comma, colon or quote");
        }
        if (failure instanceof CharConversionException) {
            return new ConfigException(file + ": the file is not UTF-8; save it in that encoding");
        }
        return new ConfigException(file + ": the file can't be read as JSON in UTF-8");
    }
}
