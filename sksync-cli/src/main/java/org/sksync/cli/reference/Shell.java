package org.sksync.cli.reference;

import picocli.CommandLine.Model.CommandSpec;

/** A shell that can complete the program's words. */
public enum Shell {
    /** bash 3.2 or later. */
    BASH,
    /** zsh 5. */
    ZSH,
    /** fish 3. */
    FISH;

    /** Returns the script that tells this shell of the program's commands; ends with a line feed. */
    public String script(CommandSpec program) {
        ShownCommand shown = new ShownCommand(program);
        return switch (this) {
            case BASH -> BashCompletion.of(shown);
            case ZSH -> ZshCompletion.of(shown);
            case FISH -> FishCompletion.of(shown);
        };
    }
}
