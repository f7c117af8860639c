package org.sksync.client.transfer;

import java.security.SecureRandom;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.sksync.client.config.Patience;
import org.sksync.files.path.PlatformNames;

/**
 * What a client's sessions share.
 *
 * @param work gives out serial executors for blocking work
 * @param names the platform's rules for names
 * @param random the source of secrets
 * @param patience how long servers are waited for
 * @param offersMemoryBytes how much memory the names that a server offers may take
 */
public record ClientServices(
        Supplier<Executor> work, PlatformNames names, SecureRandom random, Patience patience, long offersMemoryBytes) {}
