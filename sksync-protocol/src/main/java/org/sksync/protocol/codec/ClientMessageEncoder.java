package org.sksync.protocol.codec;

import io.netty.buffer.ByteBuf;
import java.nio.charset.Charset;
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

/** Turns a client's messages into lines. */
final class ClientMessageEncoder implements BatchingEncoder.Lines<ClientMessage> {

    private final Charset nameCharset;

    ClientMessageEncoder(ProtocolLevel level) {
        nameCharset = level.nameCharset();
    }

    @Override
    public void encode(ClientMessage message, ByteBuf out) {
        message.accept(new Writer(out, nameCharset));
    }

    /** Writes one message's lines. */
    private record Writer(ByteBuf out, Charset nameCharset)
            implements ClientMessage.Visitor<ByteBuf, RuntimeException> {

        @Override
        public ByteBuf visit(LoginStart message) {
            return LineWriter.token(out, WireTokens.LOGIN_START + message.userHex() + " " + message.publicKeyHex());
        }

        @Override
        public ByteBuf visit(LoginProof message) {
            return LineWriter.token(out, message.proofHex());
        }

        @Override
        public ByteBuf visit(Greeting message) {
            return LineWriter.token(out, message.level().greeting());
        }

        @Override
        public ByteBuf visit(SyncRequest message) {
            LineWriter.token(out, String.valueOf(message.type().token()));
            LineWriter.token(out, String.valueOf(message.recursion().token()));
            LineWriter.path(out, message.serverPath(), nameCharset);
            LineWriter.text(out, message.clientPath(), nameCharset);
            return out;
        }

        @Override
        public ByteBuf visit(ListedFile message) {
            return LineWriter.name(out, message.mtimeMillis() + " ", message.name(), "\n", nameCharset);
        }

        @Override
        public ByteBuf visit(ListingEnd message) {
            return LineWriter.empty(out);
        }

        @Override
        public ByteBuf visit(FileReply message) {
            return LineWriter.number(out, message.length());
        }

        @Override
        public ByteBuf visit(FileContent message) {
            return out;
        }

        @Override
        public ByteBuf visit(FileEnd message) {
            return message.md5Hex().map(md5 -> LineWriter.token(out, md5)).orElse(out);
        }
    }
}
