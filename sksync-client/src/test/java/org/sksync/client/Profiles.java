package org.sksync.client;

import io.netty.handler.ssl.SslContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.sksync.client.config.Credentials;
import org.sksync.client.config.SyncProfile;
import org.sksync.files.filter.ExcludeFilter;
import org.sksync.files.store.Durability;
import org.sksync.files.store.GuardedFiles;
import org.sksync.files.store.KeepReplaced;
import org.sksync.files.store.TimeErrors;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.message.Recursion;
import org.sksync.protocol.message.SyncType;
import org.sksync.protocol.srp.SrpException;
import org.sksync.protocol.srp.UserName;
import org.sksync.transport.limit.TrafficLimit;

/** A profile in the making: plain, anonymous, pysksync 2, both ways, recursive, unless told otherwise. Immutable. */
record Profiles(
        int port,
        Path clientPath,
        String serverPath,
        ProtocolLevel level,
        SyncType type,
        Recursion recursion,
        Optional<SslContext> tls,
        Optional<Credentials> credentials,
        ExcludeFilter excludes) {

    static Profiles of(int port, Path clientPath, String serverPath) {
        return new Profiles(
                port,
                clientPath,
                serverPath,
                ProtocolLevel.PYSKSYNC_2,
                SyncType.BIDIRECTIONAL_USE_TIME,
                Recursion.RECURSIVE,
                Optional.empty(),
                Optional.empty(),
                ExcludeFilter.none());
    }

    Profiles level(ProtocolLevel value) {
        return new Profiles(port, clientPath, serverPath, value, type, recursion, tls, credentials, excludes);
    }

    Profiles type(SyncType value) {
        return new Profiles(port, clientPath, serverPath, level, value, recursion, tls, credentials, excludes);
    }

    Profiles topLevel() {
        return recursion(Recursion.TOP_LEVEL);
    }

    Profiles recursion(Recursion value) {
        return new Profiles(port, clientPath, serverPath, level, type, value, tls, credentials, excludes);
    }

    Profiles tls(Optional<SslContext> value) {
        return new Profiles(port, clientPath, serverPath, level, type, recursion, value, credentials, excludes);
    }

    Profiles login(String user, String password) {
        try {
            Credentials login = new Credentials(UserName.of(user), password.toCharArray());
            return new Profiles(
                    port, clientPath, serverPath, level, type, recursion, tls, Optional.of(login), excludes);
        } catch (SrpException e) {
            throw new IllegalArgumentException(e);
        }
    }

    Profiles exclude(String... patterns) {
        return new Profiles(
                port,
                clientPath,
                serverPath,
                level,
                type,
                recursion,
                tls,
                credentials,
                ExcludeFilter.of(List.of(patterns)));
    }

    SyncProfile profile() {
        return profile(Duration.ofSeconds(1));
    }

    SyncProfile profile(Duration modifyWindow) {
        return profile(modifyWindow, Optional.empty(), GuardedFiles.NONE);
    }

    SyncProfile limited(TrafficLimit limit) {
        return profile(Duration.ofSeconds(1), Optional.of(limit), GuardedFiles.NONE);
    }

    SyncProfile guarding(GuardedFiles guarded) {
        return profile(Duration.ofSeconds(1), Optional.empty(), guarded);
    }

    private SyncProfile profile(Duration modifyWindow, Optional<TrafficLimit> limit, GuardedFiles guarded) {
        return new SyncProfile(
                "127.0.0.1",
                port,
                tls,
                credentials,
                level,
                type,
                recursion,
                serverPath,
                clientPath,
                excludes,
                modifyWindow,
                TimeErrors.FAIL,
                KeepReplaced.OFF,
                Durability.BATCH,
                limit,
                guarded);
    }
}
