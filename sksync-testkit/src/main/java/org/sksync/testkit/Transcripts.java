package org.sksync.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The recorded sessions. */
public final class Transcripts {
    private static final String RESOURCE = "transcripts.json";

    private Transcripts() {}

    /**
     * Returns all recorded sessions, in the order of the recording.
     *
     * <p>In the file a name in a tree is text, while the content of a file and the bytes of an exchange are written
     * one character for each byte (U+0080 is the byte 80).
     */
    public static List<Transcript> all() {
        try (InputStream in = Transcripts.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing beside " + Transcripts.class.getName());
            }
            List<Transcript> transcripts = new ArrayList<>();
            for (JsonNode node : new ObjectMapper().readTree(in)) {
                transcripts.add(transcript(node));
            }
            return List.copyOf(transcripts);
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
    }

    private static Transcript transcript(JsonNode node) {
        return new Transcript(
                node.required("name").textValue(),
                node.required("protocol").textValue(),
                node.required("sync_type").textValue(),
                node.required("recursive").booleanValue(),
                node.required("auth").booleanValue(),
                node.required("exit").intValue(),
                tree(node.required("server_before")),
                tree(node.required("client_before")),
                tree(node.required("server_after")),
                tree(node.required("client_after")),
                exchange(node.required("exchange")));
    }

    private static Map<String, TreeFile> tree(JsonNode node) {
        Map<String, TreeFile> tree = new TreeMap<>();
        node.properties().forEach(entry -> tree.put(entry.getKey(), file(entry.getValue())));
        return tree;
    }

    private static TreeFile file(JsonNode node) {
        return TreeFile.of(
                Latin1.bytes(node.required("content").textValue()),
                node.required("mtime").longValue());
    }

    private static List<Transcript.Turn> exchange(JsonNode node) {
        List<Transcript.Turn> exchange = new ArrayList<>();
        for (JsonNode turn : node) {
            exchange.add(new Transcript.Turn(
                    side(turn.required("from").textValue()),
                    Latin1.bytes(turn.required("bytes").textValue())));
        }
        return exchange;
    }

    private static Side side(String name) {
        return switch (name) {
            case "client" -> Side.CLIENT;
            case "server" -> Side.SERVER;
            default -> throw new IllegalStateException("from: " + name + " (expected: client or server)");
        };
    }
}
