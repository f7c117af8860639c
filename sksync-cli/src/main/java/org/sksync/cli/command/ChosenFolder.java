package org.sksync.cli.command;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.sksync.cli.setup.FirstConfiguration;
import org.sksync.cli.setup.FirstConfiguration.Folder;
import org.sksync.cli.setup.SetupException;
import org.sksync.files.store.DiskProblem;
import org.sksync.files.store.NewFiles;

/** The folder here that somebody chose to have kept in step. */
final class ChosenFolder {

    private ChosenFolder() {}

    /**
     * Asks for it.
     *
     * @param usual what counts where nothing is typed; empty: something has to be
     * @param word what tells it without a question
     */
    static Path ask(String question, Optional<Path> usual, String word, Terminal terminal) throws CommandFailure {
        String typed = new Questions(terminal).line(question, usual.map(Path::toString), word);
        try {
            return Path.of(typed);
        } catch (InvalidPathException e) {
            throw new CommandFailure(ExitCode.USAGE, word + ": \"" + typed + "\" is no path on this system");
        }
    }

    /** Finds it or makes it, unless it holds more than anyone means to share; says so where it is new. */
    static Folder provide(Path chosen, Path configuration, Terminal terminal) throws CommandFailure, SetupException {
        try {
            Folder folder = FirstConfiguration.folder(chosen, home(), configuration);
            tellIfMade(folder.made(), folder.path(), terminal);
            return folder;
        } catch (IOException e) {
            throw refused(chosen, e);
        }
    }

    /** As {@link #provide}, whatever it holds: whoever chose it has said that this is meant. */
    static void provideWide(Path chosen, Terminal terminal) throws CommandFailure {
        try {
            tellIfMade(NewFiles.createDirectory(chosen), chosen, terminal);
        } catch (IOException e) {
            throw refused(chosen, e);
        }
    }

    static Path home() {
        return Path.of(System.getProperty("user.home"));
    }

    private static void tellIfMade(boolean made, Path folder, Terminal terminal) {
        if (made) {
            terminal.print("made the folder " + folder);
        }
    }

    private static CommandFailure refused(Path chosen, IOException why) {
        return new CommandFailure(
                ExitCode.ERROR,
                "the folder " + chosen + " can't be made or looked at: " + DiskProblem.describe(why)
                        + "; choose another one");
    }
}
