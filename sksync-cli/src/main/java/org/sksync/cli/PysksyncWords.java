package org.sksync.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the words of pysksync's command line, where the configuration comes first: {@code FILE} runs the daemon,
 * {@code FILE client NAME} syncs a profile. Options without a command are the daemon's.
 */
final class PysksyncWords {

    /** The sub-commands of the program. */
    static final Set<String> COMMANDS = Set.of(
            "server",
            "status",
            "sync",
            "client",
            "init",
            "pair",
            "job",
            "watch",
            "scan",
            "doctor",
            "restore",
            "useredit",
            "service",
            "completion",
            "man",
            "help");

    private static final Set<String> ABOUT_THE_PROGRAM = Set.of("-h", "--help", "-V", "--version");
    private static final Set<String> CONFIG_OPTIONS = Set.of("-c", "--config");
    /** What tells the name of a file from a mistyped command. */
    private static final Pattern FILE_NAME = Pattern.compile("[./\\\\]");

    private PysksyncWords() {}

    /** Returns the words in this program's order; unchanged where they are in it already. */
    static List<String> translate(String[] words) {
        List<String> list = Arrays.asList(words);
        if (list.isEmpty()) {
            return List.of("server");
        }
        String first = list.get(0);
        if (COMMANDS.contains(first) || ABOUT_THE_PROGRAM.contains(first)) {
            return list;
        }
        if (CONFIG_OPTIONS.contains(first) && list.size() > 1) {
            return configFirst(list.get(1), list.subList(2, list.size()));
        }
        if (first.startsWith("-")) {
            return join(List.of("server"), list);
        }
        return FILE_NAME.matcher(first).find() ? configFirst(first, list.subList(1, list.size())) : list;
    }

    private static List<String> configFirst(String file, List<String> rest) {
        boolean namesCommand = !rest.isEmpty() && COMMANDS.contains(rest.get(0));
        return namesCommand
                ? join(List.of(rest.get(0), "-c", file), rest.subList(1, rest.size()))
                : join(List.of("server", "-c", file), rest);
    }

    private static List<String> join(List<String> first, List<String> second) {
        List<String> joined = new ArrayList<>(first);
        joined.addAll(second);
        return joined;
    }
}
