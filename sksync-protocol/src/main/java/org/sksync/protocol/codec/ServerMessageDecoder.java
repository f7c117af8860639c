package org.sksync.protocol.codec;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sksync.protocol.message.ChecksumChoice;
import org.sksync.protocol.message.Established;
import org.sksync.protocol.message.FileOffer;
import org.sksync.protocol.message.FileRequest;
import org.sksync.protocol.message.LoginChallenge;
import org.sksync.protocol.message.LoginConfirmation;
import org.sksync.protocol.message.OffersEnd;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.message.ProtocolLevel.Checksum;
import org.sksync.protocol.message.Refusal;
import org.sksync.protocol.message.RequestsEnd;
import org.sksync.protocol.message.WireName;
import org.sksync.protocol.session.SyncProtocolException;
import org.sksync.protocol.session.SyncProtocolException.Reason;

/**
 * Turns what a server sends into {@link org.sksync.protocol.message.ServerMessage}s, whatever way the bytes are cut.
 *
 * <p>Unlike a client's, a server's lines can't be told apart by themselves; the level, and whether the client opens
 * with a login, fix what comes next. Errors are handled as in {@link ClientMessageDecoder}.
 */
final class ServerMessageDecoder extends ByteToMessageDecoder {

    private enum State {
        LOGIN_CHALLENGE,
        LOGIN_CONFIRMATION,
        ESTABLISHED,
        CHECKSUM_CHOICE,
        FILE_REQUEST,
        OFFER_NAME,
        OFFER_MTIME,
        OFFER_LENGTH,
        FILE_CONTENT,
        ENDED
    }

    private final ProtocolLevel level;
    private final CodecLimits limits;
    private final LineReader lines = new LineReader();
    private final FileReader files;
    private State state;
    private @Nullable WireName offeredName;
    private long offeredMtimeMillis;

    ServerMessageDecoder(ProtocolLevel level, Opening opening, CodecLimits limits) {
        this.level = level;
        this.limits = limits;
        this.files = new FileReader(lines, limits);
        this.state = opening == Opening.LOGIN ? State.LOGIN_CHALLENGE : State.ESTABLISHED;
        lines.nameCharset(level.nameCharset());
        files.checksum(level.checksum());
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws SyncProtocolException {
        try {
            decodeState(in, out);
        } catch (SyncProtocolException e) {
            state = State.ENDED;
            in.skipBytes(in.readableBytes());
            throw e;
        }
    }

    private void decodeState(ByteBuf in, List<Object> out) throws SyncProtocolException {
        switch (state) {
            case LOGIN_CHALLENGE -> decodeLoginChallenge(in, out);
            case LOGIN_CONFIRMATION -> decodeLoginConfirmation(in, out);
            case ESTABLISHED -> decodeEstablished(in, out);
            case CHECKSUM_CHOICE -> decodeChecksumChoice(in, out);
            case FILE_REQUEST -> decodeFileRequest(in, out);
            case OFFER_NAME -> decodeOfferName(in, out);
            case OFFER_MTIME -> decodeOfferMtime(in);
            case OFFER_LENGTH -> decodeOfferLength(in, out);
            case FILE_CONTENT -> decodeFileContent(in, out);
            case ENDED -> in.skipBytes(in.readableBytes());
        }
    }

    private void decodeLoginChallenge(ByteBuf in, List<Object> out) throws SyncProtocolException {
        String line = controlLine(in, "login challenge");
        if (line == null || refused(line, out)) {
            return;
        }
        String[] fields = line.split(" ", -1);
        if (fields.length != 2) {
            throw new SyncProtocolException(
                    Reason.MALFORMED_FIELD,
                    "login challenge: " + SyncProtocolException.excerpt(line) + " (expected: salt and B in hex)");
        }
        out.add(new LoginChallenge(fields[0], fields[1]));
        state = State.LOGIN_CONFIRMATION;
    }

    private void decodeLoginConfirmation(ByteBuf in, List<Object> out) throws SyncProtocolException {
        String line = controlLine(in, "login confirmation");
        if (line == null || refused(line, out)) {
            return;
        }
        out.add(new LoginConfirmation(line));
        state = State.ESTABLISHED;
    }

    private void decodeEstablished(ByteBuf in, List<Object> out) throws SyncProtocolException {
        String line = controlLine(in, "answer to the greeting");
        if (line == null || refused(line, out)) {
            return;
        }
        if (!line.equals(WireTokens.ESTABLISHED)) {
            throw new SyncProtocolException(
                    Reason.MALFORMED_FIELD,
                    "answer to the greeting: " + SyncProtocolException.excerpt(line) + " (expected: "
                            + WireTokens.ESTABLISHED + "; is this an SK Sync server?)");
        }
        out.add(new Established());
        state = level.checksum() == Checksum.NONE ? State.FILE_REQUEST : State.CHECKSUM_CHOICE;
    }

    private boolean refused(String line, List<Object> out) {
        if (!line.isEmpty()) {
            return false;
        }
        out.add(new Refusal());
        state = State.ENDED;
        return true;
    }

    private void decodeChecksumChoice(ByteBuf in, List<Object> out) throws SyncProtocolException {
        String line = controlLine(in, "checksum choice");
        if (line == null) {
            return;
        }
        if (!line.equals(WireTokens.MD5)) {
            throw new SyncProtocolException(
                    Reason.MALFORMED_FIELD,
                    "checksum choice: " + SyncProtocolException.excerpt(line) + " (expected: md5)");
        }
        out.add(new ChecksumChoice());
        state = State.FILE_REQUEST;
    }

    private void decodeFileRequest(ByteBuf in, List<Object> out) throws SyncProtocolException {
        ByteBuf line = lines.read(in, limits.maxNameLineBytes(), "requested name");
        if (line == null) {
            return;
        }
        if (line.isReadable()) {
            out.add(new FileRequest(lines.wireName(line, "requested name")));
        } else {
            out.add(new RequestsEnd());
            state = State.OFFER_NAME;
        }
    }

    private void decodeOfferName(ByteBuf in, List<Object> out) throws SyncProtocolException {
        ByteBuf line = lines.read(in, limits.maxNameLineBytes(), "offered name");
        if (line == null) {
            return;
        }
        if (line.isReadable()) {
            offeredName = lines.wireName(line, "offered name");
            state = State.OFFER_MTIME;
        } else {
            out.add(new OffersEnd());
            state = State.ENDED;
        }
    }

    private void decodeOfferMtime(ByteBuf in) throws SyncProtocolException {
        ByteBuf line = lines.read(in, limits.maxControlLineBytes(), "offered file's mtime");
        if (line != null) {
            offeredMtimeMillis = lines.time(line, line.readableBytes(), "offered file's mtime");
            state = State.OFFER_LENGTH;
        }
    }

    private void decodeOfferLength(ByteBuf in, List<Object> out) throws SyncProtocolException {
        ByteBuf line = lines.read(in, limits.maxControlLineBytes(), "offered file's length");
        WireName name = offeredName;
        if (line == null || name == null) {
            return;
        }
        long length = lines.length(line, "offered file's length", limits.maxFileBytes());
        out.add(new FileOffer(name, offeredMtimeMillis, length));
        offeredName = null;
        files.begin(length);
        state = State.FILE_CONTENT;
        decodeFileContent(in, out);
    }

    private void decodeFileContent(ByteBuf in, List<Object> out) throws SyncProtocolException {
        if (files.read(in, out)) {
            state = State.OFFER_NAME;
        }
    }

    private @Nullable String controlLine(ByteBuf in, String field) throws SyncProtocolException {
        ByteBuf line = lines.read(in, limits.maxControlLineBytes(), field);
        return line == null ? null : lines.token(line, field);
    }
}
