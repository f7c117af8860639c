package org.sksync.testkit.faults;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Iterator;

/** An open directory on a {@link FaultyDisk} without handles. */
final class FaultyDirectory implements DirectoryStream<Path> {
    private final FaultyFileSystem fileSystem;
    private final DirectoryStream<Path> inner;

    FaultyDirectory(FaultyFileSystem fileSystem, DirectoryStream<Path> inner) {
        this.fileSystem = fileSystem;
        this.inner = inner;
        fileSystem.disk().opened(this);
    }

    @Override
    public Iterator<Path> iterator() {
        return new FaultyEntries(fileSystem, inner.iterator());
    }

    @Override
    public void close() throws IOException {
        fileSystem.disk().closed(this);
        inner.close();
        fileSystem.disk().callOpen(DiskCall.CLOSE);
    }
}
