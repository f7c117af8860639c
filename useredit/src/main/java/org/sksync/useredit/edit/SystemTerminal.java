package org.sksync.useredit.edit;

import java.io.Console;
import java.io.InputStream;
import java.util.Optional;

/** The terminal that this process was started from, if it was. */
public final class SystemTerminal implements Terminal {

    private final Optional<Console> console =
            Optional.ofNullable(System.console()).filter(SystemTerminal::isTerminal);

    /** Finds the terminal of this process. */
    public SystemTerminal() {}

    @Override
    public boolean isInteractive() {
        return console.isPresent();
    }

    @Override
    public Optional<String> line(String prompt) {
        return console.map(present -> present.readLine("%s", prompt));
    }

    @Override
    public Optional<char[]> password(String prompt) {
        return console.map(present -> present.readPassword("%s", prompt));
    }

    @Override
    public InputStream standardInput() {
        return System.in;
    }

    /** From Java 22 on there is a console without a terminal too, and a method that tells the two apart. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a public method without arguments can't be called", e);
        }
    }
}
