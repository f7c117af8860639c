package org.sksync.files.store;

import java.io.IOException;
import java.nio.file.NoSuchFileException;

/**
 * How the disk of a tree takes names and times.
 *
 * @param foldsCase whether it takes names for one that differ only in case
 * @param secondsOff by how many seconds it keeps the time of a file wrong; 0 where it keeps whole seconds, as it should
 */
public record DiskTraits(boolean foldsCase, long secondsOff) {
    /** An odd second, 2001-09-09T01:46:41Z: a FAT card keeps even ones only. */
    private static final long ODD_MILLIS = 1_000_000_001_000L;

    static DiskTraits of(Staging staging) throws IOException {
        Staging.Temp temp = staging.create();
        try {
            staging.learnCase();
            temp.directory().setModificationTime(temp.name(), ODD_MILLIS);
            long keptMillis = temp.directory()
                    .attributes(temp.name())
                    .orElseThrow(() -> new NoSuchFileException(temp.name().toString()))
                    .lastModifiedTime()
                    .toMillis();
            return new DiskTraits(
                    staging.foldsCase(), Math.abs(Math.floorDiv(keptMillis, 1000L) - Math.floorDiv(ODD_MILLIS, 1000L)));
        } finally {
            staging.discard(temp);
        }
    }
}
