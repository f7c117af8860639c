package org.sksync.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds what somebody may have meant who wrote a word that is not known: a command, an option, a profile. */
public final class NearWords {

    /** So many at most: more of them are a list to read, and no help. */
    private static final int MOST = 3;
    /** How many letters there must be for each change: with fewer of them it is another word. */
    private static final int LETTERS_A_CHANGE = 3;
    /** With fewer letters a beginning says nothing. */
    private static final int SHORTEST_BEGINNING = 3;

    private NearWords() {}

    /** A known word, and how many changes lead to it. */
    private record Near(String known, int changes) {}

    /**
     * Returns those of the known words that are close to one, the closest first and of equals the earlier; none where
     * none is. Large and small letters are alike, {@code _} is as {@code -}, and dashes in front do not count.
     *
     * @return at most three
     */
    public static List<String> to(String word, Collection<String> known) {
        String plain = plain(word);
        return known.stream()
                .distinct()
                .map(each -> new Near(each, changes(plain, plain(each))))
                .filter(near -> isClose(plain, near))
                .sorted(Comparator.comparingInt(near -> isBeginning(plain, near) ? 0 : near.changes()))
                .limit(MOST)
                .map(Near::known)
                .toList();
    }

    /** Returns how a message ends about a name that is not among these: what may be meant, and what there is. */
    static String choice(String name, Collection<String> names) {
        List<String> near = to(name, names);
        if (near.isEmpty()) {
            return "choose one of " + listed(names, ", ");
        }
        String question = "did you mean " + listed(near, " or ") + "?";
        return near.size() == names.size() ? question : question + " There are " + listed(names, ", ");
    }

    private static String listed(Collection<String> names, String separator) {
        return names.stream().map(Quoted::quoted).collect(Collectors.joining(separator));
    }

    private static boolean isClose(String word, Near near) {
        int letters = Math.max(word.length(), plain(near.known()).length());
        return isBeginning(word, near) || near.changes() <= letters / LETTERS_A_CHANGE;
    }

    private static boolean isBeginning(String word, Near near) {
        return word.length() >= SHORTEST_BEGINNING && plain(near.known()).startsWith(word);
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace('_', '-').replaceFirst("^-+", "");
    }

    /** Counts the letters to add, drop, replace, or swap with the next one, to get from one word to another. */
    static int changes(String from, String to) {
        int[] beforeThat = new int[to.length() + 1];
        int[] above = new int[to.length() + 1];
        for (int column = 0; column < above.length; column++) {
            above[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] current = new int[to.length() + 1];
            current[0] = row;
            for (int column = 1; column < current.length; column++) {
                int replaced = above[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, 1 + Math.min(above[column], current[column - 1]));
                if (row > 1 && column > 1 && isSwap(from, row, to, column)) {
                    current[column] = Math.min(current[column], 1 + beforeThat[column - 2]);
                }
            }
            beforeThat = above;
            above = current;
        }
        return above[to.length()];
    }

    private static boolean isSwap(String from, int row, String to, int column) {
        return from.charAt(row - 1) == to.charAt(column - 2) && from.charAt(row - 2) == to.charAt(column - 1);
    }
}
