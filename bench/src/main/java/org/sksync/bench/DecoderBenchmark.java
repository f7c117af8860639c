package org.sksync.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.sksync.protocol.codec.ClientCodec;
import org.sksync.protocol.codec.CodecLimits;
import org.sksync.protocol.codec.Opening;
import org.sksync.protocol.codec.ServerCodec;
import org.sksync.protocol.message.ProtocolLevel;

/**
 * What the wire decoder takes for one line of a listing, and for one small file, in nanoseconds.
 *
 * <p>The bytes come in pieces as a socket hands them out, so lines and files are cut anywhere. Neither a listing nor the
 * offers have an end here: the same decoder reads the same bytes again and again.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class DecoderBenchmark {

    static final int LINES = 10_000;
    static final int FILES = 1_000;

    private static final int FILE_BYTES = 1024;
    private static final long MTIME_MILLIS = 1_700_000_000_000L;

    /** The level that is spoken. */
    @Param({"SKSYNC_1", "PYSKSYNC_2"})
    public ProtocolLevel level = ProtocolLevel.SKSYNC_1;

    /** How many bytes come at once. */
    @Param({"65536", "1448"})
    public int pieceBytes = 65536;

    private EmbeddedChannel server;
    private EmbeddedChannel client;
    private byte[] listing;
    private byte[] offers;

    /** Opens both ends as far as the listing and the offers. */
    @Setup(Level.Iteration)
    public void open() {
        server = channel(
                new ServerCodec(CodecLimits.DEFAULT), level.greeting() + "\n0\n0\n/srv/notes\n/home/me/notes\n");
        String checksum = level.checksum() == ProtocolLevel.Checksum.MD5 ? "md5\n" : "";
        client = channel(
                new ClientCodec(level, Opening.GREETING, CodecLimits.DEFAULT),
                "Protocol Established\n" + checksum + "\n");
        listing = listing();
        offers = offers();
    }

    /** Ends both channels. */
    @TearDown(Level.Iteration)
    public void close() {
        server.finishAndReleaseAll();
        client.finishAndReleaseAll();
    }

    /** Decodes a client's listing; returns the number of messages. */
    @Benchmark
    @OperationsPerInvocation(LINES)
    public int listingLines() {
        return decode(server, listing);
    }

    /** Decodes a server's files of one kilobyte; returns the number of messages. */
    @Benchmark
    @OperationsPerInvocation(FILES)
    public int smallFiles() {
        return decode(client, offers);
    }

    private int decode(EmbeddedChannel channel, byte[] bytes) {
        int messages = 0;
        for (int from = 0; from < bytes.length; from += pieceBytes) {
            channel.writeInbound(Unpooled.wrappedBuffer(bytes, from, Math.min(pieceBytes, bytes.length - from)));
            for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
                ReferenceCountUtil.release(message);
                messages++;
            }
        }
        return messages;
    }

    private static EmbeddedChannel channel(ChannelHandler codec, String beginning) {
        EmbeddedChannel channel = new EmbeddedChannel(codec);
        channel.writeInbound(Unpooled.copiedBuffer(beginning, US_ASCII));
        channel.releaseInbound();
        return channel;
    }

    private static byte[] listing() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            lines.append(MTIME_MILLIS + 2000L * i).append(' ').append(name(i)).append('\n');
        }
        return lines.toString().getBytes(US_ASCII);
    }

    private byte[] offers() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < FILES; i++) {
            String head = name(i) + "\n" + (MTIME_MILLIS + 2000L * i) + "\n" + FILE_BYTES + "\n";
            bytes.writeBytes(head.getBytes(US_ASCII));
            bytes.writeBytes(new byte[FILE_BYTES]);
            if (level.checksum() == ProtocolLevel.Checksum.MD5) {
                bytes.writeBytes("0f343b0931126a20f133d67c2b018a3b\n".getBytes(US_ASCII));
            }
        }
        return bytes.toByteArray();
    }

    private static String name(int i) {
        return "t" + i % 20 + "/s" + i % 99 + "/f" + (100_000 + i) + ".txt";
    }
}
