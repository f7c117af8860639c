package org.sksync.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the change of a sksync.json brought with it.
 *
 * @param backup where the old file is kept, because the new one could not hold all that was in it
 * @param notes what the user should know, one sentence each; among them the backup
 */
public record ConfigEdit(Optional<Path> backup, List<String> notes) {

    /** Takes a copy of the notes. */
    public ConfigEdit {
        notes = List.copyOf(notes);
    }
}
