package org.sksync.protocol.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageEncoder;
import java.nio.charset.Charset;
import java.util.List;
import java.util.function.Consumer;
import org.sksync.protocol.message.ClientMessage;
import org.sksync.protocol.message.FileContent;
import org.sksync.protocol.message.FileEnd;
import org.sksync.protocol.message.FileReply;
import org.sksync.protocol.message.Greeting;
import org.sksync.protocol.message.ListedFile;
import org.sksync.protocol.message.ListingEnd;
import org.sksync.protocol.message.LoginProof;
import org.sksync.protocol.message.LoginStart;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.message.SyncRequest;

/** Turns a client's messages into bytes; file content passes without a copy. */
final class ClientMessageEncoder extends MessageToMessageEncoder<ClientMessage> {

    private final Charset nameCharset;

    ClientMessageEncoder(ProtocolLevel level) {
        super(ClientMessage.class);
        nameCharset = level.nameCharset();
    }

    @Override
    protected void encode(ChannelHandlerContext ctx, ClientMessage message, List<Object> out) {
        out.add(message.accept(new Writer(ctx.alloc(), nameCharset)));
    }

    /** Writes one message into a buffer that the caller releases. */
    private record Writer(ByteBufAllocator alloc, Charset nameCharset)
            implements ClientMessage.Visitor<ByteBuf, RuntimeException> {

        private ByteBuf write(Consumer<ByteBuf> lines) {
            return LineWriter.write(alloc, lines);
        }

        @Override
        public ByteBuf visit(LoginStart message) {
            return write(out ->
                    LineWriter.token(out, WireTokens.LOGIN_START + message.userHex() + " " + message.publicKeyHex()));
        }

        @Override
        public ByteBuf visit(LoginProof message) {
            return write(out -> LineWriter.token(out, message.proofHex()));
        }

        @Override
        public ByteBuf visit(Greeting message) {
            return write(out -> LineWriter.token(out, message.level().greeting()));
        }

        @Override
        public ByteBuf visit(SyncRequest message) {
            return write(out -> {
                LineWriter.token(out, String.valueOf(message.type().token()));
                LineWriter.token(out, String.valueOf(message.recursion().token()));
                LineWriter.path(out, message.serverPath(), nameCharset);
                LineWriter.text(out, message.clientPath(), nameCharset);
            });
        }

        @Override
        public ByteBuf visit(ListedFile message) {
            return write(out -> {
                LineWriter.digits(out, message.mtimeMillis());
                out.writeByte(' ');
                LineWriter.name(out, message.name(), nameCharset);
            });
        }

        @Override
        public ByteBuf visit(ListingEnd message) {
            return write(LineWriter::empty);
        }

        @Override
        public ByteBuf visit(FileReply message) {
            return write(out -> LineWriter.number(out, message.length()));
        }

        @Override
        public ByteBuf visit(FileContent message) {
            return message.content().retain();
        }

        @Override
        public ByteBuf visit(FileEnd message) {
            return write(out -> message.md5Hex().ifPresent(md5 -> LineWriter.token(out, md5)));
        }
    }
}
