package org.sksync.testkit.faults;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/** An open file on a {@link FaultyDisk}. */
final class FaultyChannel extends FileChannel {
    private final FaultyDisk disk;
    private final FileChannel inner;

    FaultyChannel(FaultyDisk disk, FileChannel inner) {
        this.disk = disk;
        this.inner = inner;
        disk.opened(this);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        disk.callOpen(DiskCall.READ);
        return inner.read(target);
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        disk.callOpen(DiskCall.READ);
        return inner.read(targets, offset, length);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        disk.callOpen(DiskCall.READ);
        return inner.read(target, position);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        disk.callOpen(DiskCall.WRITE);
        return inner.write(source);
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        disk.callOpen(DiskCall.WRITE);
        return inner.write(sources, offset, length);
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        disk.callOpen(DiskCall.WRITE);
        return inner.write(source, position);
    }

    @Override
    public long position() throws IOException {
        return inner.position();
    }

    @Override
    public FileChannel position(long newPosition) throws IOException {
        inner.position(newPosition);
        return this;
    }

    @Override
    public long size() throws IOException {
        disk.callOpen(DiskCall.LOOK);
        return inner.size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        disk.callOpen(DiskCall.WRITE);
        inner.truncate(size);
        return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        disk.callOpen(DiskCall.FORCE);
        inner.force(metaData);
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        disk.callOpen(DiskCall.READ);
        return inner.transferTo(position, count, target);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) throws IOException {
        disk.callOpen(DiskCall.WRITE);
        return inner.transferFrom(source, position, count);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw new UnsupportedOperationException("an error of mapped memory is no exception");
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        disk.callOpen(DiskCall.LOCK);
        return inner.lock(position, size, shared);
    }

    @Override
    public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
        disk.callOpen(DiskCall.LOCK);
        return inner.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        disk.closed(this);
        inner.close();
        disk.callOpen(DiskCall.CLOSE);
    }
}
