package org.sksync.files.path;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The directories that hold more than anyone means to share with a server: keys, settings, the whole disk. */
public final class WideRoots {

    private static final List<String> KEY_DIRECTORIES = List.of(".ssh", ".gnupg");

    private WideRoots() {}

    /**
     * Returns why a directory is one of them, to complete the sentence "the directory ...", or empty if it is not;
     * blocking.
     *
     * @param directory an existing directory
     * @param home the user's home directory
     * @throws IOException if the directory can't be looked at
     */
    public static Optional<String> whyTooWide(Path directory, Path home) throws IOException {
        Path real = directory.toRealPath();
        if (real.getParent() == null) {
            return Optional.of("is the whole disk");
        }
        if (Files.isDirectory(home) && home.toRealPath().startsWith(real)) {
            return Optional.of("is or holds your home directory");
        }
        for (String keys : KEY_DIRECTORIES) {
            if (Files.exists(real.resolve(keys), LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of("holds " + keys);
            }
            for (Path part : real) {
                if (part.toString().equals(keys)) {
                    return Optional.of("is or lies in a directory " + keys);
                }
            }
        }
        return Optional.empty();
    }
}
