package org.sksync.protocol.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sksync.protocol.message.FileContent;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.session.SyncProtocolException;

/**
 * One end of the wire in a test: a codec that is fed bytes and tells its messages, or is given messages and tells its
 * bytes. A {@code String} stands for bytes, one for each character up to U+00FF.
 */
final class WireEnd implements AutoCloseable {

    private final EmbeddedChannel channel;
    private final List<Object> messages = new ArrayList<>();
    private final List<SyncProtocolException> errors = new ArrayList<>();

    private WireEnd(ChannelHandler codec) {
        channel = new EmbeddedChannel(codec);
    }

    static WireEnd server() {
        return server(CodecLimits.DEFAULT);
    }

    static WireEnd server(CodecLimits limits) {
        return new WireEnd(new ServerCodec(limits));
    }

    static WireEnd client(ProtocolLevel level, Opening opening) {
        return client(level, opening, CodecLimits.DEFAULT);
    }

    static WireEnd client(ProtocolLevel level, Opening opening, CodecLimits limits) {
        return new WireEnd(new ClientCodec(level, opening, limits));
    }

    WireEnd feed(String bytes) {
        return feed(bytes.getBytes(ISO_8859_1));
    }

    WireEnd feed(byte[] bytes) {
        feed(channel.alloc().buffer().writeBytes(bytes));
        while (channel.inboundMessages().peek() != null) {
            keep(channel.readInbound());
        }
        return this;
    }

    /** Feeds a buffer and takes it over; returns how many bytes of content came out, and lets go of them. */
    long contentBytesOf(ByteBuf bytes) {
        feed(bytes);
        long count = 0;
        while (channel.inboundMessages().peek() instanceof FileContent) {
            FileContent content = channel.readInbound();
            count += content.content().readableBytes();
            content.release();
        }
        while (channel.inboundMessages().peek() != null) {
            keep(channel.readInbound());
        }
        return count;
    }

    private void feed(ByteBuf bytes) {
        try {
            channel.writeInbound(bytes);
        } catch (DecoderException e) {
            assertThat(e.getCause()).isInstanceOf(SyncProtocolException.class);
            errors.add((SyncProtocolException) e.getCause());
        }
    }

    /** Returns what was decoded so far; content that arrived in pieces is one {@link Content}. */
    List<Object> messages() {
        return List.copyOf(messages);
    }

    /** Returns what was refused so far. */
    List<SyncProtocolException> errors() {
        return List.copyOf(errors);
    }

    Optional<SyncProtocolException> error() {
        return errors.stream().findFirst();
    }

    /** Encodes a message and takes it over. */
    byte[] encode(Object message) {
        channel.writeOutbound(message);
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        while (channel.outboundMessages().peek() != null) {
            ByteBuf bytes = channel.readOutbound();
            joined.writeBytes(ByteBufUtil.getBytes(bytes));
            bytes.release();
        }
        return joined.toByteArray();
    }

    /** Encodes messages as {@link #messages} tells them. */
    byte[] encodeAll(List<Object> told) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (Object message : told) {
            joined.writeBytes(encode(message instanceof Content content ? content.message(channel) : message));
        }
        return joined.toByteArray();
    }

    EmbeddedChannel channel() {
        return channel;
    }

    /** Ends the connection, and with it the input. */
    void endInput() {
        boolean left = channel.finish();
        assertThat(left).as("messages or bytes left in the channel").isFalse();
    }

    @Override
    public void close() {
        endInput();
    }

    private void keep(Object message) {
        if (!(message instanceof FileContent piece)) {
            messages.add(message);
            return;
        }
        assertThat(piece.content().isReadable()).as("a piece has bytes").isTrue();
        String bytes = piece.content().toString(ISO_8859_1);
        ReferenceCountUtil.release(piece);
        int last = messages.size() - 1;
        if (last >= 0 && messages.get(last) instanceof Content before) {
            messages.set(last, new Content(before.bytes() + bytes));
        } else {
            messages.add(new Content(bytes));
        }
    }

    /** All pieces of one file's content, one character for each byte. */
    record Content(String bytes) {

        private FileContent message(EmbeddedChannel channel) {
            return new FileContent(channel.alloc().buffer().writeBytes(bytes.getBytes(ISO_8859_1)));
        }
    }
}
