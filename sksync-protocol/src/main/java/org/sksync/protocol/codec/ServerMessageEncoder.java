package org.sksync.protocol.codec;

import io.netty.buffer.ByteBuf;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
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

/** Turns a server's messages into lines. */
final class ServerMessageEncoder implements BatchingEncoder.Lines<ServerMessage> {

    private Charset nameCharset = StandardCharsets.UTF_8;

    /** Sets the level, once the client has picked it. */
    void level(ProtocolLevel level) {
        nameCharset = level.nameCharset();
    }

    @Override
    public void encode(ServerMessage message, ByteBuf out) {
        message.accept(new Writer(out, nameCharset));
    }

    /** Writes one message's lines. */
    private record Writer(ByteBuf out, Charset nameCharset)
            implements ServerMessage.Visitor<ByteBuf, RuntimeException> {

        @Override
        public ByteBuf visit(LoginChallenge message) {
            return LineWriter.token(out, message.saltHex() + " " + message.publicKeyHex());
        }

        @Override
        public ByteBuf visit(LoginConfirmation message) {
            return LineWriter.token(out, message.proofHex());
        }

        @Override
        public ByteBuf visit(Refusal message) {
            return LineWriter.empty(out);
        }

        @Override
        public ByteBuf visit(Established message) {
            return LineWriter.token(out, WireTokens.ESTABLISHED);
        }

        @Override
        public ByteBuf visit(ChecksumChoice message) {
            return LineWriter.token(out, WireTokens.MD5);
        }

        @Override
        public ByteBuf visit(FileRequest message) {
            return LineWriter.name(out, "", message.name(), "\n", nameCharset);
        }

        @Override
        public ByteBuf visit(RequestsEnd message) {
            return LineWriter.empty(out);
        }

        @Override
        public ByteBuf visit(FileOffer message) {
            String after = "\n" + message.mtimeMillis() + "\n" + message.length() + "\n";
            return LineWriter.name(out, "", message.name(), after, nameCharset);
        }

        @Override
        public ByteBuf visit(OffersEnd message) {
            return LineWriter.empty(out);
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
