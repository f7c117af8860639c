package org.sksync.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class LoginQueueTest {

    private static final ClientNetwork FLOOD = new ClientNetwork(false, 1);
    private static final ClientNetwork HONEST = new ClientNetwork(false, 2);
    private static final ClientNetwork OTHER = new ClientNetwork(false, 3);

    private final Queue<Runnable> executor = new ArrayDeque<>();
    private final LoginQueue queue = new LoginQueue(executor::add);
    private final List<String> done = new ArrayList<>();

    @Test
    void keepsTheOrderOfOneNetwork() {
        add(HONEST, "a", "b", "c");

        run();

        assertThat(done).containsExactly("a", "b", "c");
    }

    @Test
    void letsNetworksTakeTurns() {
        add(FLOOD, "f1", "f2", "f3", "f4");
        add(HONEST, "h1", "h2");
        add(OTHER, "o1");

        run();

        assertThat(done).containsExactly("f1", "h1", "o1", "f2", "h2", "f3", "f4");
    }

    @Test
    void letsOneWhoComesLateTakeItsTurnNext() {
        add(FLOOD, "f1");
        queue.execute(FLOOD, () -> {
            done.add("f2");
            add(HONEST, "h1");
        });
        add(FLOOD, "f3", "f4");

        run();

        assertThat(done).containsExactly("f1", "f2", "f3", "h1", "f4");
    }

    @Test
    void goesOnAfterALoginThatBroke() {
        queue.execute(FLOOD, () -> {
            throw new OutOfMemoryError("played");
        });
        add(HONEST, "h1");

        assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(this::run);
        run();

        assertThat(done).containsExactly("h1");
    }

    @Test
    void asksTheExecutorForOneThreadAtATime() {
        add(FLOOD, "f1", "f2");
        assertThat(executor).hasSize(1);

        run();
        add(FLOOD, "f3");
        assertThat(executor).hasSize(1);

        run();
        assertThat(done).containsExactly("f1", "f2", "f3");
    }

    @Test
    void tellsWhereNoMoreIsTaken() {
        LoginQueue stopped = new LoginQueue(work -> {
            throw new RejectedExecutionException();
        });

        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> stopped.execute(HONEST, this::run));
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> stopped.execute(HONEST, this::run));
    }

    private void add(ClientNetwork network, String... names) {
        for (String name : names) {
            queue.execute(network, () -> done.add(name));
        }
    }

    private void run() {
        executor.remove().run();
    }
}
