package org.sksync.server.auth;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Does the arithmetic of logins, one after the other, the networks that clients come from taking turns: a flood from one
 * does not keep the others waiting. A connection has one piece of work here at the most and is not read from meanwhile,
 * so the number of connections bounds the queue. Safe on any thread.
 */
public final class LoginQueue {

    private final Executor executor;
    private final Map<ClientNetwork, Queue<Runnable>> waiting = new LinkedHashMap<>();
    private boolean running;

    /** Creates one whose work is done by {@code executor}, one piece at a time. */
    public LoginQueue(Executor executor) {
        this.executor = executor;
    }

    /**
     * Queues a piece of work.
     *
     * @throws RejectedExecutionException if the executor takes no more
     */
    public synchronized void execute(ClientNetwork network, Runnable work) {
        waiting.computeIfAbsent(network, from -> new ArrayDeque<>()).add(work);
        if (!running) {
            running = true;
            try {
                executor.execute(this::run);
            } catch (RejectedExecutionException e) {
                running = false;
                waiting.clear();
                throw e;
            }
        }
    }

    private void run() {
        for (Runnable work = next(); work != null; work = next()) {
            boolean done = false;
            try {
                work.run();
                done = true;
            } finally {
                if (!done) {
                    // What broke one login, memory for example, the thread tells; the others are still to be served.
                    executor.execute(this::run);
                }
            }
        }
    }

    private synchronized @Nullable Runnable next() {
        Iterator<Map.Entry<ClientNetwork, Queue<Runnable>>> turns =
                waiting.entrySet().iterator();
        if (!turns.hasNext()) {
            running = false;
            return null;
        }
        Map.Entry<ClientNetwork, Queue<Runnable>> turn = turns.next();
        ClientNetwork network = turn.getKey();
        Queue<Runnable> queue = turn.getValue();
        turns.remove();
        Runnable work = queue.remove();
        if (!queue.isEmpty()) {
            waiting.put(network, queue);
        }
        return work;
    }
}
