package org.sksync.client.config;

import io.netty.handler.ssl.SslContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.sksync.files.filter.ExcludeFilter;
import org.sksync.files.store.Durability;
import org.sksync.files.store.GuardedFiles;
import org.sksync.files.store.KeepReplaced;
import org.sksync.files.store.TimeErrors;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.message.Recursion;
import org.sksync.protocol.message.SyncType;
import org.sksync.transport.limit.TrafficLimit;

/**
 * What to sync, with whom, and how.
 *
 * @param host the server's name or address
 * @param port the server's port
 * @param tls the TLS side of the connection; empty for a plain one
 * @param credentials what to log in with; empty where there is no login
 * @param level the protocol level to speak
 * @param type which way files travel
 * @param recursion how deep
 * @param serverPath the server's directory, as the server knows it
 * @param clientPath the own directory; it must exist
 * @param excludes the names that take no part, in either direction
 * @param modifyWindow how much newer an offered file must be to replace the own one
 * @param timeErrors what becomes of a file whose time can't be set
 * @param keepReplaced whether own files that the server's replace are kept, and for how long
 * @param durability when received files are forced to the disk
 * @param limit how fast bytes may travel; empty for as fast as they can
 * @param guarded the files that never travel and are never replaced, even where the own directory holds them
 */
public record SyncProfile(
        String host,
        int port,
        Optional<SslContext> tls,
        Optional<Credentials> credentials,
        ProtocolLevel level,
        SyncType type,
        Recursion recursion,
        String serverPath,
        Path clientPath,
        ExcludeFilter excludes,
        Duration modifyWindow,
        TimeErrors timeErrors,
        KeepReplaced keepReplaced,
        Durability durability,
        Optional<TrafficLimit> limit,
        GuardedFiles guarded) {}
