package org.sksync.cli.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One JSON object of a command's output, its keys in the order in which they were put. docs/json.md tells of each, and
 * docs/json has a schema for each message type. Not thread-safe.
 */
final class JsonLine {

    private final Map<String, Object> members = new LinkedHashMap<>();

    private JsonLine() {}

    /** Begins an object whose {@code message_type} tells what it is. */
    static JsonLine of(String messageType) {
        return new JsonLine().put("message_type", messageType);
    }

    /** Begins an object within another one. */
    static JsonLine part() {
        return new JsonLine();
    }

    JsonLine put(String key, String value) {
        members.put(key, value);
        return this;
    }

    JsonLine put(String key, long value) {
        members.put(key, value);
        return this;
    }

    JsonLine put(String key, boolean value) {
        members.put(key, value);
        return this;
    }

    /** Puts a number of seconds with three digits behind the point. */
    JsonLine putSeconds(String key, long millis) {
        members.put(key, millis / 1000.0);
        return this;
    }

    JsonLine put(String key, JsonLine value) {
        members.put(key, value);
        return this;
    }

    /** Puts a list of texts, or of objects. */
    JsonLine put(String key, List<?> values) {
        members.put(key, List.copyOf(values));
        return this;
    }

    /** Returns the object in one line. */
    @Override
    public String toString() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Writing.JSON.createGenerator(text)) {
            write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("a text takes every character", e);
        }
        return text.toString();
    }

    /** Apart, since a command that tells in text needs none of it. */
    private static final class Writing {
        static final JsonFactory JSON =
                new JsonFactoryBuilder().characterEscapes(new SafeEscapes()).build();
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, Object> member : members.entrySet()) {
            json.writeFieldName(member.getKey());
            writeValue(json, member.getValue());
        }
        json.writeEndObject();
    }

    private static void writeValue(JsonGenerator json, Object value) throws IOException {
        if (value instanceof JsonLine object) {
            object.write(json);
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object element : list) {
                writeValue(json, element);
            }
            json.writeEndArray();
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Double number) {
            json.writeNumber(number);
        } else {
            json.writeString(value.toString());
        }
    }
}
