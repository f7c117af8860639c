package org.sksync.protocol.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.sksync.protocol.message.ChecksumChoice;
import org.sksync.protocol.message.Established;
import org.sksync.protocol.message.FileContent;
import org.sksync.protocol.message.FileEnd;
import org.sksync.protocol.message.FileOffer;
import org.sksync.protocol.message.FileRequest;
import org.sksync.protocol.message.LoginChallenge;
import org.sksync.protocol.message.LoginConfirmation;
import org.sksync.protocol.message.OffersEnd;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.message.Refusal;
import org.sksync.protocol.message.RequestsEnd;
import org.sksync.protocol.message.ServerMessage;

/** Turns a server's messages into bytes; file content passes without a copy. */
final class ServerMessageEncoder extends MessageToMessageEncoder<ServerMessage> {

    private Charset nameCharset = StandardCharsets.UTF_8;

    ServerMessageEncoder() {
        super(ServerMessage.class);
    }

    /** Sets the level, once the client has picked it. */
    void level(ProtocolLevel level) {
        nameCharset = level.nameCharset();
    }

    @Override
    protected void encode(ChannelHandlerContext ctx, ServerMessage message, List<Object> out) {
        out.add(message.accept(new Writer(ctx.alloc(), nameCharset)));
    }

    /** Writes one message into a buffer that the caller releases. */
    private record Writer(ByteBufAllocator alloc, Charset nameCharset)
            implements ServerMessage.Visitor<ByteBuf, RuntimeException> {

        private ByteBuf write(Consumer<ByteBuf> lines) {
            return LineWriter.write(alloc, lines);
        }

        @Override
        public ByteBuf visit(LoginChallenge message) {
            return write(out -> LineWriter.token(out, message.saltHex() + " " + message.publicKeyHex()));
        }

        @Override
        public ByteBuf visit(LoginConfirmation message) {
            return write(out -> LineWriter.token(out, message.proofHex()));
        }

        @Override
        public ByteBuf visit(Refusal message) {
            return write(LineWriter::empty);
        }

        @Override
        public ByteBuf visit(Established message) {
            return write(out -> LineWriter.token(out, WireTokens.ESTABLISHED));
        }

        @Override
        public ByteBuf visit(ChecksumChoice message) {
            return write(out -> LineWriter.token(out, WireTokens.MD5));
        }

        @Override
        public ByteBuf visit(FileRequest message) {
            return write(out -> LineWriter.name(out, message.name(), nameCharset));
        }

        @Override
        public ByteBuf visit(RequestsEnd message) {
            return write(LineWriter::empty);
        }

        @Override
        public ByteBuf visit(FileOffer message) {
            return write(out -> {
                LineWriter.name(out, message.name(), nameCharset);
                LineWriter.number(out, message.mtimeMillis());
                LineWriter.number(out, message.length());
            });
        }

        @Override
        public ByteBuf visit(OffersEnd message) {
            return write(LineWriter::empty);
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
