package org.sksync.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.sksync.config.Settings.Section;
import org.sksync.config.SourceValue.TextValue;
import org.sksync.files.store.AtomicFile;
import org.sksync.files.store.GuardedFiles;
import org.sksync.files.store.KeptRoots;

/**
 * The files that a configuration consists of: itself, the servers that were met, the keys and certificates that it names
 * for whichever role, and what changes of it leave beside it. Whoever reads them has this machine's secrets; whoever
 * replaces them says who gets in, and where.
 */
final class OwnFiles {

    private static final List<String> KEYS =
            List.of("ssl_server_certfile", "ssl_server_keyfile", "ssl_client_certfile", "ssl_client_keyfile");

    private static final String WHY = "it is part of this machine's own configuration, which no sync reads or replaces;"
            + " move the configuration out of the synced directory";

    private OwnFiles() {}

    /**
     * Returns them, the configuration first.
     *
     * @param file the configuration
     * @param sections what may name more of them; what is wrong in it is not told here
     */
    static GuardedFiles of(Path file, List<Section> sections) {
        Set<Path> files = new LinkedHashSet<>();
        files.add(file);
        files.add(KnownServers.beside(file).file());
        for (Section section : sections) {
            for (String key : KEYS) {
                if (section.object().members().get(key) instanceof TextValue path) {
                    add(path.text(), files);
                }
            }
        }
        // Where the configuration is a link, what it leads to is changed.
        Path real = KeptRoots.real(file.toAbsolutePath());
        List<Path> beginnings = List.of(
                EditedFile.backupBeginning(real),
                AtomicFile.tempBeginning(real),
                AtomicFile.tempBeginning(file),
                SiblingLock.lockFile(real),
                SiblingLock.lockFile(KnownServers.beside(file).file()));
        return new GuardedFiles(List.copyOf(files), beginnings, WHY);
    }

    private static void add(String path, Set<Path> files) {
        try {
            files.add(Path.of(path));
        } catch (InvalidPathException e) {
            // Whoever uses the key is told so.
            return;
        }
    }
}
