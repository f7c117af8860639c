package org.sksync.cli.reference;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** The man pages of section 1: one for the program, and one for each of its commands. */
public final class ManPages {

    private ManPages() {}

    /**
     * Returns the pages by the names of their files, such as {@code sksync-client.1}.
     *
     * @param version what the foot of each page says, such as {@code sksync 1.0}
     */
    public static Map<String, String> of(CommandSpec program, String version) {
        Map<String, String> pages = new LinkedHashMap<>();
        ShownCommand shown = new ShownCommand(program);
        add(shown, shown, version, pages);
        return pages;
    }

    private static void add(ShownCommand command, ShownCommand parent, String version, Map<String, String> pages) {
        pages.put(command.page() + ".1", ManPage.of(command, parent, version));
        command.commands().forEach(below -> add(below, command, version, pages));
    }
}
