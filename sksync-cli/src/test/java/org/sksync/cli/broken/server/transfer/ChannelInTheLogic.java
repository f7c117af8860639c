package org.sksync.cli.broken.server.transfer;

import io.netty.channel.Channel;

/** Holds a channel where sessions are to run without. */
record ChannelInTheLogic(Channel channel) {}
