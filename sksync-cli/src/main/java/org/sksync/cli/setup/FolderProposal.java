package org.sksync.cli.setup;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.sksync.files.path.PathRefusedException;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.store.NewFiles;

/**
 * What the directory and the profile of an invitation are called here, where the user does not say. The name comes from
 * another machine and is taken with a press of a key: so it never leads to what is here already, to a hidden directory, or
 * to one that programs look into by themselves.
 */
public final class FolderProposal {

    private static final String NAMELESS = "sync";
    /** What shells, loaders and desktops look for in a home directory. */
    private static final Set<String> LOOKED_INTO =
            Set.of("appdata", "application data", "bin", "library", "node_modules", "public_html");

    private FolderProposal() {}

    /** Returns the last part of the server's directory, without what begins or ends a name badly or is not seen. */
    public static String name(Invitation invitation) {
        String name = invitation
                .directoryName()
                .replaceAll("[^\\p{L}\\p{M}\\p{N} ._+,()-]", "")
                .replaceFirst("^[^\\p{L}\\p{N}]+", "")
                .replaceFirst("[ .]+$", "");
        return name.isEmpty() || LOOKED_INTO.contains(name.toLowerCase(Locale.ROOT)) || !isStorable(name)
                ? NAMELESS
                : name;
    }

    /** Returns a directory in {@code home} that is not there yet, or is empty: of that name, or with a number behind it. */
    public static Path in(Path home, String name) {
        String base = isPath(home, name) ? name : NAMELESS;
        Path proposal = home.resolve(base);
        for (int number = 2; NewFiles.exists(proposal) && !NewFiles.isEmptyDirectory(proposal); number++) {
            proposal = home.resolve(base + "-" + number);
        }
        return proposal;
    }

    private static boolean isStorable(String name) {
        try {
            PlatformNames names = PlatformNames.current();
            return names.whyNotStorable(names.parse(name)).isEmpty();
        } catch (PathRefusedException e) {
            return false;
        }
    }

    private static boolean isPath(Path home, String name) {
        try {
            return home.resolve(name).startsWith(home);
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
