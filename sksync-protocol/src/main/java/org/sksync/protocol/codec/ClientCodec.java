package org.sksync.protocol.codec;

import io.netty.channel.CombinedChannelDuplexHandler;
import org.sksync.protocol.message.ClientMessage;
import org.sksync.protocol.message.ProtocolLevel;

/**
 * The client's end of the wire: reads {@link org.sksync.protocol.message.ServerMessage}s, writes
 * {@link ClientMessage}s. One for each connection.
 */
public final class ClientCodec
        extends CombinedChannelDuplexHandler<ServerMessageDecoder, BatchingEncoder<ClientMessage>> {

    /** Creates a codec for a session of {@code level} that begins with {@code opening}. */
    public ClientCodec(ProtocolLevel level, Opening opening, CodecLimits limits) {
        super(
                new ServerMessageDecoder(level, opening, limits),
                new BatchingEncoder<>(ClientMessage.class, new ClientMessageEncoder(level)));
    }
}
