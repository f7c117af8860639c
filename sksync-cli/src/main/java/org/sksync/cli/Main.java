package org.sksync.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.sksync.cli.command.ClientCommand;
import org.sksync.cli.command.ClientWords;
import org.sksync.cli.command.Display;
import org.sksync.cli.command.ExitCode;
import org.sksync.cli.command.Person;
import org.sksync.cli.command.ProgramTerminals;
import org.sksync.cli.command.SkSyncCommand;
import org.sksync.useredit.edit.SystemTerminal;

/** The entry of {@code sksync.jar}, and the only place that ends the process. */
public final class Main {

    private Main() {}

    /** Runs the command line and ends the process with its exit code. */
    public static void main(String[] words) {
        Thread.setDefaultUncaughtExceptionHandler(Main::diedOf);
        System.exit(run(words));
    }

    /** Ends a process that ran out of memory where nothing could be saved any more: it would only hang. */
    private static void diedOf(Thread thread, Throwable cause) {
        if (cause instanceof OutOfMemoryError) {
            System.err.println("error: out of memory; start it with a larger -Xmx");
            Runtime.getRuntime().halt(ExitCode.ERROR.code());
        }
        System.err.println("error: a fault in this program ended the thread " + thread.getName());
        cause.printStackTrace();
    }

    /** Runs the command line and returns its exit code. */
    static int run(String... words) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        SystemTerminal console = new SystemTerminal();
        Optional<Person> person =
                console.isInteractive() ? Optional.ofNullable(System.console()).map(Person::at) : Optional.empty();
        ProgramTerminals terminals = new ProgramTerminals(out, err, person);
        List<String> ordered = PysksyncWords.translate(words);
        boolean canNameFiles = canNameFiles();
        Optional<ClientCommand> client = canNameFiles ? ClientWords.read(ordered, terminals) : Optional.empty();
        if (client.isPresent()) {
            beginRandomness();
            return terminals.end(client.get().run());
        }
        Display asked = Display.asked(ordered);
        return terminals.end(SkSyncCommand.run(ordered, console, terminals, out, err, asked, canNameFiles));
    }

    /** The JVM's randomness takes 10 ms to be ready, and needs nothing of what else begins; so another core does it. */
    private static void beginRandomness() {
        Thread beginning = new Thread(() -> new SecureRandom().nextInt(), "sksync-random");
        beginning.setDaemon(true);
        beginning.start();
    }

    /** A JVM in the wrong locale lists names beyond ASCII as question marks, and no option of its own mends that. */
    private static boolean canNameFiles() {
        try {
            return Path.of("\u00e9\u9152").toString().equals("\u00e9\u9152");
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
