package org.sksync.cli.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a daemon has answered: an object of JSON, read without knowledge of its keys, so that a daemon of another version
 * is understood as far as it can be. What is missing is empty, or zero.
 */
final class StatusAnswer {

    private final Map<String, Object> members;

    private StatusAnswer(Map<String, Object> members) {
        this.members = members;
    }

    /**
     * Reads an answer.
     *
     * @throws IOException if it is no object that tells a status
     */
    static StatusAnswer parse(String text) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                StatusAnswer answer = new StatusAnswer(object(parser));
                if (answer.text("message_type").equals(StatusJson.MESSAGE_TYPE)) {
                    return answer;
                }
            }
        } catch (IOException e) {
            throw new IOException("the daemon's answer is cut short, or no status", e);
        }
        throw new IOException("the daemon's answer is no status");
    }

    String text(String key) {
        return members.get(key) instanceof String text ? text : "";
    }

    long number(String key) {
        return members.get(key) instanceof Number number ? number.longValue() : 0;
    }

    /** Returns an object's member that is one itself. */
    StatusAnswer part(String key) {
        return new StatusAnswer(members.get(key) instanceof Map<?, ?> map ? typed(map) : Map.of());
    }

    /** Returns the objects of a list. */
    List<StatusAnswer> parts(String key) {
        List<StatusAnswer> parts = new ArrayList<>();
        if (members.get(key) instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof Map<?, ?> map) {
                    parts.add(new StatusAnswer(typed(map)));
                }
            }
        }
        return parts;
    }

    /** Returns the keys of the members, in their order. */
    List<String> keys() {
        return List.copyOf(members.keySet());
    }

    /** Returns the whole of it again. */
    JsonLine json() {
        return put(JsonLine.part(), members);
    }

    private static JsonLine put(JsonLine json, Map<String, Object> members) {
        members.forEach((key, value) -> {
            if (value instanceof Map<?, ?> map) {
                json.put(key, put(JsonLine.part(), typed(map)));
            } else if (value instanceof List<?> list) {
                json.put(
                        key,
                        list.stream()
                                .map(element ->
                                        element instanceof Map<?, ?> map ? put(JsonLine.part(), typed(map)) : element)
                                .toList());
            } else if (value instanceof Double seconds) {
                json.putSeconds(key, Math.round(seconds * 1000));
            } else if (value instanceof Long number) {
                json.put(key, number);
            } else if (value instanceof Boolean flag) {
                json.put(key, flag);
            } else {
                json.put(key, value.toString());
            }
        });
        return json;
    }

    private static Map<String, Object> typed(Map<?, ?> map) {
        Map<String, Object> typed = new LinkedHashMap<>();
        map.forEach((key, value) -> typed.put(String.valueOf(key), value));
        return typed;
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            members.put(key, value(parser));
        }
        return members;
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                List<Object> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(parser));
                }
                yield elements;
            }
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> parser.getText();
        };
    }
}
