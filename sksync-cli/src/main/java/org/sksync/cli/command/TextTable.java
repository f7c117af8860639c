package org.sksync.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.sksync.files.path.EscapedText;

/** Lines whose cells stand beneath each other. */
final class TextTable {

    private static final String INDENT = "  ";
    private static final String GAP = "  ";
    /** A longer cell is cut: it would push the others of every line off the screen. */
    private static final int MAX_CHARS = 100;

    private final List<List<String>> rows = new ArrayList<>();

    /** Begins with the line of headings. */
    TextTable(String... headings) {
        rows.add(List.of(headings));
    }

    void add(String... cells) {
        // Escaped here already: afterwards a cell would be longer than its column.
        rows.add(List.of(cells).stream()
                .map(cell -> EscapedText.of(cell, MAX_CHARS))
                .toList());
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String cell = row.get(column);
                line.append(column == 0 ? INDENT : GAP).append(cell);
                if (column < row.size() - 1) {
                    line.append(" ".repeat(width(column) - cell.length()));
                }
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
