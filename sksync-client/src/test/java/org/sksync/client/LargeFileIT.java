package org.sksync.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sksync.client.report.SyncListener;
import org.sksync.client.report.SyncReport;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.server.SkSyncServer;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.Trees;

/** A file far larger than what both ends together may hold of it. */
@ExtendWith(NoLeaks.class)
final class LargeFileIT {
    private static final int MIB = 1024 * 1024;
    private static final int FILE_MIB = 64;
    /** Both ends are in this JVM and share the allocator, which takes memory in chunks of its own. */
    private static final long BOUND_BYTES = 16L * MIB;

    @TempDir
    private Path temp;

    @ParameterizedTest
    @EnumSource(
            value = ProtocolLevel.class,
            names = {"SKSYNC_1", "PYSKSYNC_2"})
    void travelsEachWayInBoundedMemory(ProtocolLevel level) throws Exception {
        Path serverRoot = Files.createDirectory(temp.toRealPath().resolve("server"));
        Path clientRoot = Files.createDirectory(temp.toRealPath().resolve("client"));
        makeLarge(serverRoot.resolve("from the server"), 1);
        makeLarge(clientRoot.resolve("from the client"), 2);
        AtomicLong peak = new AtomicLong();
        SyncListener watch = new SyncListener() {
            @Override
            public void moved(int bytes) {
                peak.accumulateAndGet(usedDirectBytes(), Math::max);
            }
        };

        SyncReport report;
        try (SkSyncServer server = TestDaemon.open(serverRoot);
                SkSyncClient client = new SkSyncClient()) {
            Profiles profile = Profiles.of(server.address().getPort(), clientRoot, serverRoot.toString())
                    .level(level);
            report = client.sync(profile.profile(), watch);
        }

        assertThat(report.sentBytes()).isEqualTo((long) FILE_MIB * MIB);
        assertThat(report.receivedBytes()).isEqualTo((long) FILE_MIB * MIB);
        Trees.assertEqual(serverRoot, clientRoot);
        assertThat(peak.get()).isPositive().isLessThan(BOUND_BYTES);
    }

    private static void makeLarge(Path file, long seed) throws IOException {
        byte[] piece = new byte[MIB];
        Random random = new Random(seed);
        try (SeekableByteChannel out =
                Files.newByteChannel(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int i = 0; i < FILE_MIB; i++) {
                random.nextBytes(piece);
                out.write(ByteBuffer.wrap(piece));
            }
        }
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_400_000_000_000L));
    }

    private static long usedDirectBytes() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }
}
