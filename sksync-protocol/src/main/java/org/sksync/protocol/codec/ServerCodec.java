package org.sksync.protocol.codec;

import io.netty.channel.CombinedChannelDuplexHandler;
import org.sksync.protocol.message.ServerMessage;

/**
 * The server's end of the wire: reads {@link org.sksync.protocol.message.ClientMessage}s, writes
 * {@link ServerMessage}s, in the level that the client picks. One for each connection.
 */
public final class ServerCodec
        extends CombinedChannelDuplexHandler<ClientMessageDecoder, BatchingEncoder<ServerMessage>> {

    /** Creates a codec that knows no level yet. */
    public ServerCodec(CodecLimits limits) {
        ServerMessageEncoder encoder = new ServerMessageEncoder();
        init(new ClientMessageDecoder(limits, encoder::level), new BatchingEncoder<>(ServerMessage.class, encoder));
    }
}
