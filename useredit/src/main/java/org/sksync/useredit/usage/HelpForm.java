package org.sksync.useredit.usage;

import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The one form that the help of all commands has. */
public final class HelpForm {

    private HelpForm() {}

    /**
     * Gives it to a command and all below it: a synopsis in which options are one word, since they stand below, and the
     * exit codes of the command above where it tells of none of its own.
     */
    public static void give(CommandLine command) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.abbreviateSynopsis(true);
        for (CommandLine below : command.getSubcommands().values()) {
            UsageMessageSpec its = below.getCommandSpec().usageMessage();
            if (its.exitCodeList().isEmpty() && !usage.exitCodeList().isEmpty()) {
                its.exitCodeListHeading(usage.exitCodeListHeading()).exitCodeList(usage.exitCodeList());
            }
            give(below);
        }
    }
}
