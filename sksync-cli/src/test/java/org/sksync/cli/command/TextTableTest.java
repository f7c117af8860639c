package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void putsCellsBeneathEachOther() {
        TextTable table = new TextTable();
        table.add("a", "long", "x");
        table.add("\u9152\u9152", "b", "");

        assertThat(table.lines()).containsExactly("a     long  x", "\u9152\u9152  b");
    }

    @Test
    void indentsWhatHasHeadings() {
        TextTable table = new TextTable("USER", "FOR");
        table.add("ann", "1 s");

        assertThat(table.lines()).containsExactly("  USER  FOR", "  ann   1 s");
    }

    @Test
    void cutsACellThatWouldPushTheOthersAwayAndEscapesIt() {
        TextTable table = new TextTable();
        table.add("x".repeat(200), "\u001b[2J" + "y".repeat(200));

        assertThat(table.lines()).containsExactly("x".repeat(100) + "\u2026  \\u001b[2J" + "y".repeat(200));
    }
}
