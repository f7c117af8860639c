package org.sksync.discovery.group;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Answers what comes to the port of a group, by one daemon thread. It looks twice a minute whether the machine has come
 * to other networks, and begins anew then; so it does when its socket fails. Thread-safe.
 */
public final class GroupListener implements AutoCloseable {

    private static final long LOOK_MILLIS = 30_000;
    private static final long SECOND_HELLO_MILLIS = 1_000;
    private static final long CLOSE_MILLIS = 2_000;
    private static final long MILLI_NANOS = 1_000_000L;
    /** A port below is no asker's but some service's, which a forged source would have us write to. */
    private static final int FIRST_ASKER_PORT = 1024;

    private final Group group;
    private final Networks networks;
    private final Answers answers;
    private final Allowance allowance;
    private final LongSupplier nanoTime;
    private final Consumer<String> trouble;
    private final Selector selector;
    private final ByteBuffer buffer;
    private final Thread thread;
    private volatile boolean open = true;
    private volatile boolean hasNews;
    private volatile InetSocketAddress bound;

    private GroupListener(
            String name,
            Group group,
            Networks networks,
            Answers answers,
            LongSupplier nanoTime,
            Consumer<String> trouble)
            throws IOException {
        this.group = group;
        this.networks = networks;
        this.answers = answers;
        this.allowance = new Allowance(nanoTime);
        this.nanoTime = nanoTime;
        this.trouble = trouble;
        this.bound = group.bind();
        this.buffer = ByteBuffer.allocate(answers.maxBytes() + 1);
        DatagramChannel first = begin();
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            first.close();
            throw e;
        }
        this.thread = new Thread(() -> run(first), name);
        thread.setDaemon(true);
    }

    /**
     * Starts to listen. The first socket is opened before this returns.
     *
     * @param name the thread's
     * @param nanoTime as {@link System#nanoTime}
     * @param trouble told one sentence where it can't go on for the moment; called by the listener's thread
     * @throws IOException if the port can't be listened on
     */
    public static GroupListener start(
            String name,
            Group group,
            Networks networks,
            Answers answers,
            LongSupplier nanoTime,
            Consumer<String> trouble)
            throws IOException {
        GroupListener listener = new GroupListener(name, group, networks, answers, nanoTime, trouble);
        listener.thread.start();
        return listener;
    }

    /** Returns where questions are heard. */
    public InetSocketAddress address() {
        return bound;
    }

    /** Tells the group anew, since what there is to tell has changed; on any thread, and does not wait for it. */
    public void tellAnew() {
        hasNews = true;
        selector.wakeup();
    }

    /** Says goodbye and stops; returns when that is done, or after two seconds. */
    @Override
    public void close() {
        open = false;
        selector.wakeup();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(DatagramChannel first) {
        try (selector) {
            boolean worked = serve(first, true);
            while (open) {
                if (!worked) {
                    selector.select(LOOK_MILLIS);
                }
                worked = open && again(worked);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("selecting from one socket", e);
        }
    }

    /** Serves with a new socket; false if there is none, or if it failed. */
    private boolean again(boolean tells) {
        try {
            return serve(begin(), tells);
        } catch (IOException e) {
            return failed(e, tells);
        }
    }

    /** Answers until the networks change or the end, and closes the socket; false if it failed. */
    private boolean serve(DatagramChannel channel, boolean tells) {
        try (channel) {
            serve(channel, networks.now());
            return true;
        } catch (IOException e) {
            return failed(e, tells);
        }
    }

    /** Tells the first of several failures; the others would be the same. */
    private boolean failed(IOException e, boolean tells) {
        if (tells) {
            trouble.accept(e.getMessage() + "; tried again twice a minute");
        }
        return false;
    }

    private DatagramChannel begin() throws IOException {
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, group.timeToLive());
            channel.bind(bound);
            channel.configureBlocking(false);
            bound = (InetSocketAddress) channel.getLocalAddress();
            return channel;
        } catch (IOException e) {
            channel.close();
            throw new IOException("UDP port " + bound.getPort() + ": " + e.getMessage(), e);
        }
    }

    private void serve(DatagramChannel channel, List<Network> present) throws IOException {
        SelectionKey key = channel.register(selector, 0);
        join(channel, present);
        hello(channel, present);
        long secondHello = millis() + SECOND_HELLO_MILLIS;
        boolean greeted = false;
        long nextLook = millis() + LOOK_MILLIS;
        while (open) {
            long wait = allowance.millisToRead();
            key.interestOps(wait == 0 ? SelectionKey.OP_READ : 0);
            long next = (greeted ? nextLook : secondHello) - millis();
            selector.select(Math.max(1, wait == 0 ? next : Math.min(wait, next)));
            if (key.isReadable()) {
                read(channel, present);
            }
            selector.selectedKeys().clear();
            if (hasNews) {
                hasNews = false;
                greeted = false;
                secondHello = millis() + SECOND_HELLO_MILLIS;
                hello(channel, present);
            }
            if (!greeted && millis() - secondHello >= 0) {
                greeted = true;
                hello(channel, present);
            }
            if (millis() - nextLook >= 0) {
                nextLook = millis() + LOOK_MILLIS;
                if (!networks.now().equals(present)) {
                    return;
                }
            }
        }
        for (Network network : present) {
            tell(channel, network, answers.goodbye(network.own()));
        }
    }

    private void join(DatagramChannel channel, List<Network> present) {
        Set<String> joined = new HashSet<>();
        for (Network network : present) {
            if (network.reachesGroups() && joined.add(network.device().getName())) {
                try {
                    channel.join(group.address().getAddress(), network.device());
                } catch (IOException e) {
                    // It went away, or can't: the other networks are served all the same.
                    trouble.accept(network.device().getName() + ": can't be joined: " + e.getMessage());
                }
            }
        }
    }

    private void hello(DatagramChannel channel, List<Network> present) {
        for (Network network : present) {
            tell(channel, network, answers.hello(network.own()));
        }
    }

    private void read(DatagramChannel channel, List<Network> present) throws IOException {
        while (open && allowance.takeRead()) {
            buffer.clear();
            InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
            if (from == null) {
                return;
            }
            buffer.flip();
            if (buffer.remaining() <= answers.maxBytes() && from.getPort() >= FIRST_ASKER_PORT) {
                Optional<Network> near = Network.of(from.getAddress(), present);
                if (near.isPresent()) {
                    answer(channel, near.get(), from);
                }
            }
        }
    }

    private void answer(DatagramChannel channel, Network near, InetSocketAddress from) {
        byte[] datagram = new byte[buffer.remaining()];
        buffer.get(datagram);
        Optional<byte[]> answer = answers.answer(datagram, new Asker(from, near.own()));
        if (answer.isEmpty()) {
            return;
        }
        switch (answers.audience()) {
            case ASKER -> {
                if (allowance.takeAnswer(from.getAddress())) {
                    send(channel, answer.get(), from);
                }
            }
            case GROUP -> {
                // The network is the one that gets the answer, whoever asked.
                if (allowance.takeAnswer(near.own())) {
                    tell(channel, near, answer);
                }
            }
        }
    }

    private void tell(DatagramChannel channel, Network network, Optional<byte[]> datagram) {
        if (datagram.isPresent() && network.reachesGroups()) {
            try {
                channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, network.device());
            } catch (IOException e) {
                return;
            }
            send(channel, datagram.get(), group.address());
        }
    }

    /** Sends what nobody waits for: who misses it asks again. */
    private static void send(DatagramChannel channel, byte[] datagram, InetSocketAddress to) {
        try {
            channel.send(ByteBuffer.wrap(datagram), to);
        } catch (IOException e) {
            // The network went away under it, or a firewall said no; the listener must not end by that.
            return;
        }
    }

    private long millis() {
        return nanoTime.getAsLong() / MILLI_NANOS;
    }
}
