package org.sksync.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sksync.config.SourceValue.FlagValue;
import org.sksync.config.SourceValue.ListValue;
import org.sksync.config.SourceValue.NullValue;
import org.sksync.config.SourceValue.NumberValue;
import org.sksync.config.SourceValue.TextValue;

/**
 * What is to be changed in one object of a sksync.json: keys that get a value, and keys that go. Whether the values make
 * sense is found out when they are used. Not thread-safe.
 */
public final class KeyChanges {

    private static final int NEW_LINE = 1;

    /** A key without a value is to go. */
    private final Map<String, Optional<SourceValue>> changes = new LinkedHashMap<>();

    /** Begins without a change. */
    public KeyChanges() {}

    /** Sets a key to a text. */
    public KeyChanges text(String key, String value) {
        return put(key, new TextValue(NEW_LINE, value));
    }

    /** Sets a key to a text that is not to be shown. */
    public KeyChanges secret(String key, Secret value) {
        return put(key, new TextValue(NEW_LINE, value.reveal()));
    }

    /** Sets a key to a number. */
    public KeyChanges number(String key, int value) {
        return put(key, new NumberValue(NEW_LINE, Integer.toString(value)));
    }

    /** Sets a key to true or false. */
    public KeyChanges flag(String key, boolean value) {
        return put(key, new FlagValue(NEW_LINE, value));
    }

    /** Sets a key to a list of texts. */
    public KeyChanges texts(String key, List<String> values) {
        return put(
                key,
                new ListValue(
                        NEW_LINE,
                        values.stream()
                                .map(value -> (SourceValue) new TextValue(NEW_LINE, value))
                                .toList()));
    }

    /** Sets a key to {@code null}: it counts as not set here, whatever the file says for all profiles. */
    public KeyChanges nothing(String key) {
        return put(key, new NullValue(NEW_LINE));
    }

    /** Removes a key, so that its default counts, or what the file says for all profiles. */
    public KeyChanges remove(String key) {
        changes.put(key, Optional.empty());
        return this;
    }

    /** Returns whether there is no change. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** Returns whether the key gets a value. */
    public boolean sets(String key) {
        return changes.getOrDefault(key, Optional.empty()).isPresent();
    }

    /** Returns the text that a key gets; empty where it gets none. */
    public Optional<String> textOf(String key) {
        return changes.getOrDefault(key, Optional.empty())
                .filter(TextValue.class::isInstance)
                .map(value -> ((TextValue) value).text());
    }

    private KeyChanges put(String key, SourceValue value) {
        changes.put(key, Optional.of(value));
        return this;
    }

    /** Makes the changes: a key that is there keeps its place, a new one comes last. */
    void applyTo(Map<String, SourceValue> members) {
        changes.forEach(
                (key, value) -> value.ifPresentOrElse(given -> members.put(key, given), () -> members.remove(key)));
    }

    /** Returns the keys; a value may be a secret. */
    @Override
    public String toString() {
        return "KeyChanges" + changes.keySet();
    }
}
