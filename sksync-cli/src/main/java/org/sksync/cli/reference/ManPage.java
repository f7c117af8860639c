package org.sksync.cli.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** One man page, in the macros of man(7). */
final class ManPage {

    private final StringBuilder roff = new StringBuilder();

    private ManPage() {}

    /**
     * Returns the page.
     *
     * @param parent the command that it belongs to; itself for the program
     * @param version what the foot says
     */
    static String of(ShownCommand command, ShownCommand parent, String version) {
        ManPage page = new ManPage();
        page.line(".\\\" Made by: sksync man");
        page.line(".TH " + quoted(command.page().toUpperCase(Locale.ROOT)) + " 1 \"\" " + quoted(version)
                + " \"SK Sync\"");
        page.section("NAME");
        page.text(command.page() + " \\- " + escaped(command.summary()));
        page.section("SYNOPSIS");
        page.asItIs(command.synopsis());
        page.section("DESCRIPTION");
        page.paragraphs(command.description());
        page.arguments(command);
        page.commands(command.commands());
        page.exitCodes(command);
        page.notes(command.footer());
        page.seeAlso(command, parent);
        return page.roff.toString();
    }

    private void arguments(ShownCommand command) {
        if (!command.parameters().isEmpty()) {
            section("ARGUMENTS");
            for (PositionalParamSpec word : command.parameters()) {
                item(italic(word.paramLabel()), ShownCommand.description(word));
            }
        }
        if (!command.options().isEmpty()) {
            section("OPTIONS");
            for (OptionSpec option : command.options()) {
                String names =
                        ShownCommand.names(option).stream().map(ManPage::bold).collect(Collectors.joining(", "));
                item(
                        ShownCommand.takesValue(option) ? names + " " + italic(option.paramLabel()) : names,
                        ShownCommand.description(option));
            }
        }
    }

    private void commands(List<ShownCommand> commands) {
        if (commands.isEmpty()) {
            return;
        }
        section("COMMANDS");
        commands.forEach(
                command -> item(bold(command.name()), command.description().get(0)));
    }

    private void exitCodes(ShownCommand command) {
        Map<String, String> codes = command.exitCodes();
        if (codes.isEmpty()) {
            return;
        }
        section("EXIT STATUS");
        text(escaped(command.exitCodeHeading()));
        codes.forEach((code, meaning) -> item(bold(code.strip()), meaning));
    }

    private void notes(List<String> lines) {
        if (!lines.isEmpty()) {
            section("NOTES");
            asItIs(lines);
        }
    }

    private void seeAlso(ShownCommand command, ShownCommand parent) {
        List<String> others = new ArrayList<>();
        Stream.concat(Stream.of(parent), Stream.concat(parent.commands().stream(), command.commands().stream()))
                .map(ShownCommand::page)
                .filter(page -> !page.equals(command.page()))
                .distinct()
                .forEach(page -> others.add(bold(page) + "(1)"));
        if (!others.isEmpty()) {
            section("SEE ALSO");
            line(String.join(",\n", others));
        }
    }

    private void section(String name) {
        line(".SH " + quoted(name));
    }

    private void item(String term, String description) {
        line(".TP");
        line(term);
        text(escaped(description));
    }

    private void paragraphs(List<String> lines) {
        for (String each : lines) {
            if (each.isBlank()) {
                line(".PP");
            } else {
                text(escaped(each));
            }
        }
    }

    private void asItIs(List<String> lines) {
        line(".nf");
        for (String each : lines) {
            if (each.isEmpty()) {
                line(".sp");
            } else {
                text(escaped(each));
            }
        }
        line(".fi");
    }

    private static String bold(String text) {
        return "\\fB" + escaped(text) + "\\fR";
    }

    private static String italic(String text) {
        return "\\fI" + escaped(text) + "\\fR";
    }

    private static String quoted(String text) {
        return '"' + escaped(text).replace("\"", "\\(dq") + '"';
    }

    /** Returns text in which nothing is an escape, and a minus is one that can be copied. */
    private static String escaped(String text) {
        return text.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("'", "\\(aq")
                .replace("`", "\\(ga")
                .replace("^", "\\(ha")
                .replace("~", "\\(ti");
    }

    /** Adds a line of text that can't pass for a request. */
    private void text(String escaped) {
        line(escaped.startsWith(".") ? "\\&" + escaped : escaped);
    }

    private void line(String text) {
        roff.append(text).append('\n');
    }
}
