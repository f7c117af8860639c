package org.sksync.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sksync.config.Settings.Section;
import org.sksync.config.SourceValue.TextValue;

/**
 * Keys of a profile that have another value for one run, as they were given on the command line. They are checked as
 * those of the file are; a message about one begins with {@code --set}. Immutable.
 */
public final class Overrides {

    /** No key has another value. */
    public static final Overrides NONE = new Overrides(Map.of());

    private final Section section;

    private Overrides(Map<String, SourceValue> values) {
        this.section = Section.ofCommandLine("--set ", values);
    }

    /**
     * Reads words of the form {@code KEY=VALUE}; of a key that is given twice the last value counts. A value that is JSON
     * is read as that, anything else is a text.
     *
     * @throws ConfigException if a word has no {@code =}, if its key is none of a profile's, or if it is the password's,
     *     which others could read in the list of processes
     */
    public static Overrides of(List<String> words) throws ConfigException {
        Map<String, SourceValue> values = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new ConfigException("--set " + Quoted.escaped(word)
                        + " has no value; write --set KEY=VALUE, such as --set recursive=true");
            }
            String key = word.substring(0, equals);
            if (key.equals("password")) {
                throw new ConfigException("--set takes no password, because others can see the words of a command; set"
                        + " \"password\" in the configuration, or leave it out there and be asked for it");
            }
            if (!KnownKeys.PROFILE.contains(key)) {
                throw new ConfigException("--set: the key " + Quoted.quoted(key)
                        + " is not known in a profile; the nearest known key is \"" + KnownKeys.PROFILE.nearestTo(key)
                        + '"');
            }
            String value = word.substring(equals + 1);
            values.put(key, SourceReader.value(value).orElse(new TextValue(Section.NO_LINE, value)));
        }
        return values.isEmpty() ? NONE : new Overrides(values);
    }

    /** Returns them as the section that is asked first. */
    Section section() {
        return section;
    }
}
