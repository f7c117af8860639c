package org.sksync.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Reads the words of pysksync's command line, where the configuration comes first: {@code FILE.json} runs the daemon,
 * {@code FILE.json client NAME} syncs a profile.
 */
final class PysksyncWords {

    private PysksyncWords() {}

    /**
     * Returns the words in this program's order; unchanged where they are in it already.
     *
     * @param commands the names of the sub-commands
     */
    static List<String> translate(String[] words, Set<String> commands) {
        List<String> list = Arrays.asList(words);
        if (list.isEmpty()) {
            return List.of("server");
        }
        String first = list.get(0);
        if (commands.contains(first) || !first.endsWith(".json")) {
            return list;
        }
        List<String> rest = list.subList(1, list.size());
        boolean namesCommand = !rest.isEmpty() && commands.contains(rest.get(0));
        List<String> translated = new ArrayList<>();
        translated.add(namesCommand ? rest.get(0) : "server");
        translated.add("-c");
        translated.add(first);
        translated.addAll(namesCommand ? rest.subList(1, rest.size()) : rest);
        return translated;
    }
}
