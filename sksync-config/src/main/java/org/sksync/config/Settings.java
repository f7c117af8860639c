package org.sksync.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sksync.config.SourceValue.FlagValue;
import org.sksync.config.SourceValue.ListValue;
import org.sksync.config.SourceValue.NullValue;
import org.sksync.config.SourceValue.NumberValue;
import org.sksync.config.SourceValue.ObjectValue;
import org.sksync.config.SourceValue.TextValue;

/**
 * The keys that one role sees: those of the sections that may hold them, the nearest section first. A key that is
 * {@code null} in the nearest section that has it counts as not set, whatever the sections behind it say.
 */
final class Settings {

    private static final Set<String> SECRET_KEYS = Set.of("password", "authsrp");

    private final String file;
    private final List<Section> sections;

    Settings(String file, List<Section> sections) {
        this.file = file;
        this.sections = List.copyOf(sections);
    }

    /**
     * An object whose members are settings.
     *
     * @param prefix what stands before its keys in a message, such as {@code clients.home.}
     * @param object the object
     */
    record Section(String prefix, ObjectValue object) {

        /** The line of what stands in no file. */
        static final int NO_LINE = 0;

        /** Returns a section that is not in the file; a message about a key begins with the prefix alone. */
        static Section ofCommandLine(String prefix, Map<String, SourceValue> members) {
            return new Section(prefix, new ObjectValue(NO_LINE, members));
        }

        boolean isInFile() {
            return object.line() != NO_LINE;
        }
    }

    private record Found(Section section, String key, String path, SourceValue value) {}

    /** Returns whether some section has the key, be it as {@code null}. */
    boolean mentions(String key) {
        return nearest(key).isPresent();
    }

    boolean flag(String key, boolean otherwise) throws ConfigException {
        Optional<Found> found = find(key);
        if (found.isEmpty()) {
            return otherwise;
        }
        if (found.get().value() instanceof FlagValue flag) {
            return flag.value();
        }
        throw wrong(found.get(), "true or false", ", without quotes");
    }

    int number(String key, int otherwise, int min, int max) throws ConfigException {
        Optional<Found> found = find(key);
        if (found.isEmpty()) {
            return otherwise;
        }
        if (found.get().value() instanceof NumberValue number
                && number.literal().matches("-?[0-9]{1,9}")
                && Integer.parseInt(number.literal()) >= min
                && Integer.parseInt(number.literal()) <= max) {
            return Integer.parseInt(number.literal());
        }
        throw wrong(found.get(), "a whole number from " + min + " to " + max, ", without quotes");
    }

    /** Returns a text without control characters; empty when the file has none, or an empty one. */
    Optional<String> line(String key) throws ConfigException {
        Optional<Found> found = find(key);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (found.get().value() instanceof TextValue text && text.text().chars().noneMatch(Character::isISOControl)) {
            return Optional.of(text.text()).filter(value -> !value.isEmpty());
        }
        throw wrong(found.get(), "a text in quotes, without control characters");
    }

    /** Returns a text as it is, be it empty. */
    Optional<String> text(String key) throws ConfigException {
        Optional<Found> found = find(key);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (found.get().value() instanceof TextValue text) {
            return Optional.of(text.text());
        }
        throw wrong(found.get(), "a text in quotes");
    }

    Optional<Path> path(String key) throws ConfigException {
        Optional<String> written = line(key);
        if (written.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(written.get()));
        } catch (InvalidPathException e) {
            throw new ConfigException(
                    at(key) + " is " + Quoted.quoted(written.get()) + ", which is no path on this system ("
                            + e.getReason()
                            + "); where it holds letters beyond ASCII, start the program under a UTF-8 locale",
                    e);
        }
    }

    List<String> texts(String key) throws ConfigException {
        Optional<Found> found = find(key);
        if (found.isEmpty()) {
            return List.of();
        }
        if (!(found.get().value() instanceof ListValue list)) {
            throw wrong(found.get(), "a list of texts, such as [\"one\", \"two\"]");
        }
        List<String> texts = new ArrayList<>();
        for (SourceValue element : list.elements()) {
            if (!(element instanceof TextValue text) || text.text().isEmpty()) {
                throw wrong(
                        new Found(found.get().section(), key, found.get().path() + "[" + texts.size() + "]", element),
                        "a text in quotes that is not empty");
            }
            texts.add(text.text());
        }
        return texts;
    }

    Optional<ObjectValue> object(String key) throws ConfigException {
        Optional<Found> found = find(key);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (found.get().value() instanceof ObjectValue object) {
            return Optional.of(object);
        }
        throw wrong(found.get(), "an object, in braces");
    }

    /** Returns directories and the right to each, in the file's order; empty when the key is not set. */
    Optional<Map<String, DirectoryRight>> rights(String key) throws ConfigException {
        Optional<Found> found = find(key);
        Optional<ObjectValue> object = object(key);
        if (found.isEmpty() || object.isEmpty()) {
            return Optional.empty();
        }
        Map<String, DirectoryRight> rights = new LinkedHashMap<>();
        for (Map.Entry<String, SourceValue> member : object.get().members().entrySet()) {
            Found right = new Found(
                    found.get().section(), key, found.get().path() + "." + member.getKey(), member.getValue());
            Optional<DirectoryRight> known = member.getValue() instanceof TextValue text
                    ? DirectoryRight.fromText(text.text())
                    : Optional.empty();
            rights.put(
                    requirePath(member.getKey(), right),
                    known.orElseThrow(() -> wrong(right, DirectoryRight.choices())));
        }
        return Optional.of(rights);
    }

    private String requirePath(String directory, Found found) throws ConfigException {
        try {
            return Path.of(directory).toString();
        } catch (InvalidPathException e) {
            throw new ConfigException(
                    at(found) + ": " + Quoted.quoted(directory) + " is no path on this system (" + e.getReason() + ")",
                    e);
        }
    }

    /** Returns a user's salt and verifier, the two texts of its {@code authsrp}; empty when it has none. */
    Optional<StoredVerifier> verifier(String key) throws ConfigException {
        Optional<Found> found = find(key);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (found.get().value() instanceof ListValue list
                && list.elements().size() == 2
                && list.elements().get(0) instanceof TextValue salt
                && list.elements().get(1) instanceof TextValue verifier) {
            try {
                return Optional.of(StoredVerifier.ofHex(salt.text(), verifier.text()));
            } catch (ConfigException e) {
                throw new ConfigException(
                        at(found.get()) + ": " + e.getMessage() + "; set the user's password anew with useredit", e);
            }
        }
        throw wrong(found.get(), "a list of two texts, the salt and the verifier in hexadecimal");
    }

    /** Says that the key's value, which is of the right type, is not one of those {@code expected}. */
    ConfigException wrong(String key, String expected) {
        return wrong(key, expected, "");
    }

    /** As {@link #wrong(String, String)}; {@code inFile} is added where the value is written in the file. */
    ConfigException wrong(String key, String expected, String inFile) {
        return nearest(key)
                .map(found -> wrong(found, expected, inFile))
                .orElseGet(() -> new ConfigException(at(key) + " is not set, but must be " + expected + inFile));
    }

    /** Begins a message about a key: the file, the line where there is one, the key. */
    String at(String key) {
        return nearest(key)
                .map(this::at)
                .orElseGet(() -> file
                        + sections.stream()
                                .filter(Section::isInFile)
                                .findFirst()
                                .map(section -> ", line " + section.object().line() + ": "
                                        + Quoted.escaped(section.prefix() + key))
                                .orElse(": " + key));
    }

    private String at(Found found) {
        String path = Quoted.escaped(found.path());
        return found.section().isInFile() ? file + ", line " + found.value().line() + ": " + path : path;
    }

    private Optional<Found> find(String key) {
        return nearest(key).filter(found -> !(found.value() instanceof NullValue));
    }

    private Optional<Found> nearest(String key) {
        for (Section section : sections) {
            SourceValue value = section.object().members().get(key);
            if (value != null) {
                return Optional.of(new Found(section, key, section.prefix() + key, value));
            }
        }
        return Optional.empty();
    }

    private ConfigException wrong(Found found, String expected, String inFile) {
        // A word of a command line has no quotes: what the file needs would mislead there.
        return wrong(found, found.section().isInFile() ? expected + inFile : expected);
    }

    private ConfigException wrong(Found found, String expected) {
        return new ConfigException(at(found) + " is " + shown(found) + ", but must be " + expected);
    }

    private static String shown(Found found) {
        if (SECRET_KEYS.contains(found.key()) || found.path().startsWith("users.")) {
            return found.value().toString();
        }
        if (found.value() instanceof TextValue text) {
            return Quoted.quoted(text.text());
        }
        if (found.value() instanceof NumberValue number) {
            return number.literal();
        }
        if (found.value() instanceof FlagValue flag) {
            return Boolean.toString(flag.value());
        }
        return found.value().toString();
    }
}
