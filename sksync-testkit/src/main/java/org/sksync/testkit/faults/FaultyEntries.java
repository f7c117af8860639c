package org.sksync.testkit.faults;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Path;
import java.util.Iterator;

/** The entries of a directory on a {@link FaultyDisk}. */
final class FaultyEntries implements Iterator<Path> {
    private final FaultyFileSystem fileSystem;
    private final Iterator<Path> inner;

    FaultyEntries(FaultyFileSystem fileSystem, Iterator<Path> inner) {
        this.fileSystem = fileSystem;
        this.inner = inner;
    }

    @Override
    public boolean hasNext() {
        try {
            fileSystem.disk().callOpen(DiskCall.LIST);
        } catch (IOException e) {
            throw new DirectoryIteratorException(e);
        }
        return inner.hasNext();
    }

    @Override
    public Path next() {
        return fileSystem.wrap(inner.next());
    }
}
