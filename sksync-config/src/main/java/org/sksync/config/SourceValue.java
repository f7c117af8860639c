package org.sksync.config;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A JSON value as the file has it, with the line on which it starts (counted from 1). Numbers keep their own digits, so
 * that a file that is written back says what it said. No {@code toString} shows a value: one may be a password.
 */
sealed interface SourceValue {

    /** Returns the line on which the value starts. */
    int line();

    /** An object; its members in the order of their first appearance, each with its last value. */
    record ObjectValue(int line, Map<String, SourceValue> members) implements SourceValue {

        public ObjectValue {
            members = Collections.unmodifiableMap(members);
        }

        @Override
        public String toString() {
            return "an object";
        }
    }

    /** A list. */
    record ListValue(int line, List<SourceValue> elements) implements SourceValue {

        public ListValue {
            elements = Collections.unmodifiableList(elements);
        }

        @Override
        public String toString() {
            return "a list";
        }
    }

    /** A text. */
    record TextValue(int line, String text) implements SourceValue {
        @Override
        public String toString() {
            return "a text";
        }
    }

    /** A number, as it is written. */
    record NumberValue(int line, String literal) implements SourceValue {
        @Override
        public String toString() {
            return "a number";
        }
    }

    /** {@code true} or {@code false}. */
    record FlagValue(int line, boolean value) implements SourceValue {
        @Override
        public String toString() {
            return "true or false";
        }
    }

    /** {@code null}: the key counts as not set. */
    record NullValue(int line) implements SourceValue {
        @Override
        public String toString() {
            return "null";
        }
    }
}
