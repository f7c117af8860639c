package org.sksync.protocol.codec;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sksync.protocol.message.FileReply;
import org.sksync.protocol.message.Greeting;
import org.sksync.protocol.message.ListedFile;
import org.sksync.protocol.message.ListingEnd;
import org.sksync.protocol.message.LoginProof;
import org.sksync.protocol.message.LoginStart;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.message.Recursion;
import org.sksync.protocol.message.SyncRequest;
import org.sksync.protocol.message.SyncType;
import org.sksync.protocol.message.WireName;
import org.sksync.protocol.session.SyncProtocolException;
import org.sksync.protocol.session.SyncProtocolException.Reason;

/**
 * Turns what a client sends into {@link org.sksync.protocol.message.ClientMessage}s, whatever way the bytes are cut.
 *
 * <p>One method for each state of the stream; each returns without a message when more bytes must come first. A broken
 * rule is a
 * {@link SyncProtocolException} (inside Netty's {@code DecoderException}), thrown once; all that follows is discarded,
 * since nobody can know where the next line would begin.
 */
final class ClientMessageDecoder extends ByteToMessageDecoder {

    private static final byte TLS_HANDSHAKE = 0x16;

    private enum State {
        FIRST_LINE,
        LOGIN_PROOF,
        GREETING,
        SYNC_TYPE,
        RECURSION,
        SERVER_PATH,
        CLIENT_PATH,
        FIRST_LISTED,
        LISTING,
        /** One client sends two empty lines for an empty listing; the second may come here, once, or never. */
        AFTER_EMPTY_LISTING,
        FILE_LENGTH,
        FILE_CONTENT,
        FAILED
    }

    private final CodecLimits limits;
    private final Consumer<ProtocolLevel> levelListener;
    private final LineReader lines = new LineReader();
    private final FileReader files;
    private State state = State.FIRST_LINE;
    private SyncType syncType = SyncType.FROM_SERVER_USE_TIME;
    private Recursion recursion = Recursion.TOP_LEVEL;
    private String serverPath = "";

    /** Creates one whose {@code levelListener} is told the level before the greeting is handed on. */
    ClientMessageDecoder(CodecLimits limits, Consumer<ProtocolLevel> levelListener) {
        this.limits = limits;
        this.levelListener = levelListener;
        this.files = new FileReader(lines, limits);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws SyncProtocolException {
        try {
            decodeState(in, out);
        } catch (SyncProtocolException e) {
            state = State.FAILED;
            in.skipBytes(in.readableBytes());
            throw e;
        }
    }

    private void decodeState(ByteBuf in, List<Object> out) throws SyncProtocolException {
        switch (state) {
            case FIRST_LINE -> decodeFirstLine(in, out);
            case LOGIN_PROOF -> decodeLoginProof(in, out);
            case GREETING -> decodeGreeting(in, out);
            case SYNC_TYPE -> decodeSyncType(in);
            case RECURSION -> decodeRecursion(in);
            case SERVER_PATH -> decodeServerPath(in);
            case CLIENT_PATH -> decodeClientPath(in, out);
            case FIRST_LISTED, LISTING -> decodeListing(in, out);
            case AFTER_EMPTY_LISTING, FILE_LENGTH -> decodeFileLength(in, out);
            case FILE_CONTENT -> decodeFileContent(in, out);
            case FAILED -> in.skipBytes(in.readableBytes());
        }
    }

    private void decodeFirstLine(ByteBuf in, List<Object> out) throws SyncProtocolException {
        if (in.isReadable() && in.getByte(in.readerIndex()) == TLS_HANDSHAKE) {
            throw new SyncProtocolException(
                    Reason.MALFORMED_FIELD,
                    "first line: a TLS handshake (expected: plain text; set use_ssl on both sides or on neither)");
        }
        String line = controlLine(in, "first line");
        if (line == null) {
            return;
        }
        if (!line.startsWith(WireTokens.LOGIN_START)) {
            greet(line, out);
            return;
        }
        String[] fields = line.substring(WireTokens.LOGIN_START.length()).split(" ", -1);
        if (fields.length != 2) {
            throw new SyncProtocolException(
                    Reason.LOGIN_REFUSED, "login: " + fields.length + " fields (expected: user name and A in hex)");
        }
        out.add(new LoginStart(fields[0], fields[1]));
        state = State.LOGIN_PROOF;
    }

    private void decodeLoginProof(ByteBuf in, List<Object> out) throws SyncProtocolException {
        String line = controlLine(in, "login proof");
        if (line != null) {
            out.add(new LoginProof(line));
            state = State.GREETING;
        }
    }

    private void decodeGreeting(ByteBuf in, List<Object> out) throws SyncProtocolException {
        String line = controlLine(in, "greeting");
        if (line != null) {
            greet(line, out);
        }
    }

    private void greet(String line, List<Object> out) throws SyncProtocolException {
        ProtocolLevel level = ProtocolLevel.fromGreeting(line)
                .orElseThrow(() -> new SyncProtocolException(
                        Reason.MALFORMED_FIELD,
                        "greeting: " + SyncProtocolException.excerpt(line)
                                + " (expected: sksync 1, pysksync 1 or pysksync 2)"));
        lines.nameCharset(level.nameCharset());
        files.checksum(level.checksum());
        levelListener.accept(level);
        out.add(new Greeting(level));
        state = State.SYNC_TYPE;
    }

    private void decodeSyncType(ByteBuf in) throws SyncProtocolException {
        String line = controlLine(in, "sync type");
        if (line != null) {
            syncType = SyncType.fromWire(line)
                    .orElseThrow(() -> new SyncProtocolException(
                            Reason.MALFORMED_FIELD,
                            "sync type: " + SyncProtocolException.excerpt(line) + " (expected: 0..5)"));
            state = State.RECURSION;
        }
    }

    private void decodeRecursion(ByteBuf in) throws SyncProtocolException {
        String line = controlLine(in, "recursion");
        if (line != null) {
            recursion = Recursion.fromWire(line)
                    .orElseThrow(() -> new SyncProtocolException(
                            Reason.MALFORMED_FIELD,
                            "recursion: " + SyncProtocolException.excerpt(line) + " (expected: 0 or 1)"));
            state = State.SERVER_PATH;
        }
    }

    private void decodeServerPath(ByteBuf in) throws SyncProtocolException {
        ByteBuf line = lines.read(in, limits.maxNameLineBytes(), "server path");
        if (line != null) {
            serverPath = lines.name(line, "server path");
            state = State.CLIENT_PATH;
        }
    }

    private void decodeClientPath(ByteBuf in, List<Object> out) throws SyncProtocolException {
        ByteBuf line = lines.read(in, limits.maxNameLineBytes(), "client path");
        if (line != null) {
            out.add(new SyncRequest(syncType, recursion, serverPath, lines.name(line, "client path")));
            state = State.FIRST_LISTED;
        }
    }

    private void decodeListing(ByteBuf in, List<Object> out) throws SyncProtocolException {
        ByteBuf line = lines.read(in, limits.maxNameLineBytes(), "listed file");
        if (line == null) {
            return;
        }
        if (!line.isReadable()) {
            out.add(new ListingEnd());
            state = state == State.FIRST_LISTED ? State.AFTER_EMPTY_LISTING : State.FILE_LENGTH;
            return;
        }
        int space = line.bytesBefore((byte) ' ');
        if (space < 0) {
            throw lines.malformed(line, "listed file", "mtime, a space, name");
        }
        long mtimeMillis = lines.time(line, space, "listed file's mtime");
        line.skipBytes(1);
        WireName name = lines.wireName(line, "listed file's name");
        if (name.isNested() && recursion == Recursion.TOP_LEVEL) {
            throw new SyncProtocolException(
                    Reason.BAD_NAME,
                    "listed file's name: " + SyncProtocolException.excerpt(name.text())
                            + " lies in a sub-directory (expected: names without / in a session that is not recursive)");
        }
        out.add(new ListedFile(mtimeMillis, name));
        state = State.LISTING;
    }

    private void decodeFileLength(ByteBuf in, List<Object> out) throws SyncProtocolException {
        ByteBuf line = lines.read(in, limits.maxControlLineBytes(), "file length");
        if (line == null) {
            return;
        }
        if (state == State.AFTER_EMPTY_LISTING && !line.isReadable()) {
            state = State.FILE_LENGTH;
            return;
        }
        long length = lines.length(line, "file length", limits.maxFileBytes());
        out.add(new FileReply(length));
        files.begin(length);
        state = State.FILE_CONTENT;
        decodeFileContent(in, out);
    }

    private void decodeFileContent(ByteBuf in, List<Object> out) throws SyncProtocolException {
        if (files.read(in, out)) {
            state = State.FILE_LENGTH;
        }
    }

    private @Nullable String controlLine(ByteBuf in, String field) throws SyncProtocolException {
        ByteBuf line = lines.read(in, limits.maxControlLineBytes(), field);
        return line == null ? null : lines.token(line, field);
    }
}
