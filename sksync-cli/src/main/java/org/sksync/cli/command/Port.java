package org.sksync.cli.command;

/** The number of a port, as people give it. */
final class Port {

    private static final int LARGEST = 65535;
    private static final int MOST_DIGITS = 5;

    private Port() {}

    /**
     * Returns the number if it is one of a port.
     *
     * @param what what it was given for, such as {@code --port}
     * @param least 0 where the system may choose, else 1
     */
    static int of(String what, int number, int least) throws CommandFailure {
        if (number < least || number > LARGEST) {
            throw wrong(what, Integer.toString(number), least);
        }
        return number;
    }

    /** As {@link #of(String, int, int)}, of what was typed. */
    static int of(String what, String typed, int least) throws CommandFailure {
        if (typed.isEmpty()
                || typed.length() > MOST_DIGITS
                || !typed.chars().allMatch(each -> each >= '0' && each <= '9')) {
            throw wrong(what, "\"" + typed + "\"", least);
        }
        return of(what, Integer.parseInt(typed), least);
    }

    private static CommandFailure wrong(String what, String given, int least) {
        return new CommandFailure(
                ExitCode.USAGE, what + " is " + given + ", but must be a number from " + least + " to " + LARGEST);
    }
}
