package org.sksync.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.sksync.files.path.EscapedText;

/** Lines whose cells stand beneath each other. */
final class TextTable {

    private static final String GAP = "  ";
    /** A longer cell is cut: it would push the others of every line off the screen. The last one pushes none. */
    private static final int MAX_CHARS = 100;

    private final List<List<String>> rows = new ArrayList<>();
    private final String indent;

    /** Begins without a line. */
    TextTable() {
        this.indent = "";
    }

    /** Begins with the line of headings; all lines are indented. */
    TextTable(String... headings) {
        this.indent = GAP;
        rows.add(List.of(headings));
    }

    void add(String... cells) {
        List<String> row = new ArrayList<>();
        for (int column = 0; column < cells.length; column++) {
            // Escaped here already: afterwards a cell would be longer than its column.
            row.add(
                    column < cells.length - 1
                            ? EscapedText.of(cells[column], MAX_CHARS)
                            : EscapedText.of(cells[column]));
        }
        rows.add(row);
    }

    /** Returns the lines in the order in which they were added. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(indent);
            for (int column = 0; column < row.size(); column++) {
                String cell = row.get(column);
                line.append(column == 0 ? "" : GAP).append(cell);
                if (column < row.size() - 1) {
                    line.append(" ".repeat(width(column) - Columns.of(cell)));
                }
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> Columns.of(row.get(column))).max().orElse(0);
    }
}
