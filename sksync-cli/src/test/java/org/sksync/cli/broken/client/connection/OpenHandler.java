package org.sksync.cli.broken.client.connection;

import io.netty.channel.ChannelInboundHandlerAdapter;

/** A handler that may be extended. */
class OpenHandler extends ChannelInboundHandlerAdapter {}
