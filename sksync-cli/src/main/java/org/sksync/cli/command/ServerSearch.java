package org.sksync.cli.command;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.sksync.discovery.FoundServer;

/** A way to look for servers. What it finds is what strangers say. */
@FunctionalInterface
public interface ServerSearch {

    /**
     * Looks around.
     *
     * @param time for how long answers are waited for
     * @param trouble told one sentence of what can't be asked
     * @return each server once
     * @throws IOException if nobody can be asked
     */
    List<FoundServer> find(Duration time, Consumer<String> trouble) throws IOException;
}
