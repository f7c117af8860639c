package org.sksync.client;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sksync.files.filter.ExcludeFilter;
import org.sksync.files.path.AllowedRoots;
import org.sksync.files.path.OutsidePolicy;
import org.sksync.files.store.Durability;
import org.sksync.files.store.GuardedFiles;
import org.sksync.files.store.KeepReplaced;
import org.sksync.files.store.TimeErrors;
import org.sksync.protocol.srp.SrpException;
import org.sksync.protocol.srp.SrpVerifier;
import org.sksync.protocol.srp.UserName;
import org.sksync.server.SkSyncServer;
import org.sksync.server.auth.VerifierLookup;
import org.sksync.server.config.AccessPolicy;
import org.sksync.server.config.DaemonLimits;
import org.sksync.server.config.FutureTimes;
import org.sksync.server.config.LoginPolicy;
import org.sksync.server.config.ServerConfig;
import org.sksync.server.config.ServerTls;
import org.sksync.server.config.SessionLimits;

/** Our own server for our own client. */
final class TestDaemon {
    static final String USER = "Jürgen 酒";
    static final String PASSWORD = "pass phrase ☃";

    private TestDaemon() {}

    static SkSyncServer open(Path root) throws IOException {
        return start(root, Optional.empty(), LoginPolicy.OPTIONAL);
    }

    /** Starts a daemon for one directory that knows one user. */
    static SkSyncServer start(Path root, Optional<SslContext> tls, LoginPolicy login) throws IOException {
        return start(root, tls, login, AccessPolicy.OPEN);
    }

    static SkSyncServer start(Path root, Optional<SslContext> tls, LoginPolicy login, AccessPolicy access)
            throws IOException {
        return SkSyncServer.start(new ServerConfig(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                tls.map(context -> new ServerTls(context, Set.of())),
                login,
                users(),
                AllowedRoots.of(List.of(root.toString()), OutsidePolicy.DENY),
                access,
                ExcludeFilter.none(),
                GuardedFiles.NONE,
                Duration.ofSeconds(1),
                TimeErrors.FAIL,
                FutureTimes.ACCEPTED,
                KeepReplaced.OFF,
                Durability.BATCH,
                SessionLimits.DEFAULT,
                DaemonLimits.defaults()));
    }

    private static VerifierLookup users() {
        try {
            UserName user = UserName.of(USER);
            return VerifierLookup.of(
                    Map.of(user, SrpVerifier.create(user, PASSWORD.toCharArray(), new SecureRandom())));
        } catch (SrpException e) {
            throw new IllegalStateException(e);
        }
    }
}
