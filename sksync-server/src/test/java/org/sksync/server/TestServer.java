package org.sksync.server;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
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
import org.sksync.protocol.codec.CodecLimits;
import org.sksync.protocol.srp.SrpException;
import org.sksync.protocol.srp.SrpVerifier;
import org.sksync.protocol.srp.UserName;
import org.sksync.server.auth.VerifierLookup;
import org.sksync.server.config.AccessPolicy;
import org.sksync.server.config.DaemonLimits;
import org.sksync.server.config.FutureTimes;
import org.sksync.server.config.LoginPolicy;
import org.sksync.server.config.ServerConfig;
import org.sksync.server.config.ServerTls;
import org.sksync.server.config.SessionLimits;
import org.sksync.server.config.Timeouts;

/** What a test's daemon is told; {@link #start} runs it on a free port of the loopback address. */
final class TestServer {
    static final String USER = "testuser";
    static final String PASSWORD = "correct horse";

    private List<String> roots;
    private VerifierLookup verifiers = VerifierLookup.of(Map.of(user(USER), verifier(USER, PASSWORD)));
    private OutsidePolicy outside = OutsidePolicy.DENY;
    private LoginPolicy login = LoginPolicy.OPTIONAL;
    private AccessPolicy access = AccessPolicy.OPEN;
    private FutureTimes futureTimes = FutureTimes.ACCEPTED;
    private Optional<ServerTls> tls = Optional.empty();
    private ExcludeFilter excludes = ExcludeFilter.none();
    private GuardedFiles guarded = GuardedFiles.NONE;
    private SessionLimits limits = SessionLimits.DEFAULT;
    private DaemonLimits daemon = DaemonLimits.defaults();

    private TestServer(List<String> roots) {
        this.roots = roots;
    }

    /** Begins a daemon that serves these directories, knows the user {@value #USER} and asks nobody to log in. */
    static TestServer of(Path... roots) {
        return new TestServer(Arrays.stream(roots).map(Path::toString).toList());
    }

    TestServer roots(Path... directories) {
        roots = Arrays.stream(directories).map(Path::toString).toList();
        return this;
    }

    /** Sets the users, in place of {@value #USER}. */
    TestServer users(Map<UserName, SrpVerifier> users) {
        verifiers = VerifierLookup.of(users);
        return this;
    }

    TestServer outside(OutsidePolicy policy) {
        outside = policy;
        return this;
    }

    TestServer access(AccessPolicy policy) {
        access = policy;
        return this;
    }

    TestServer futureTimes(FutureTimes rule) {
        futureTimes = rule;
        return this;
    }

    TestServer requireLogin() {
        login = LoginPolicy.REQUIRED;
        return this;
    }

    TestServer tls(SslContext context) {
        return tls(new ServerTls(context, Set.of()));
    }

    TestServer tls(ServerTls side) {
        tls = Optional.of(side);
        return this;
    }

    TestServer exclude(String... patterns) {
        excludes = ExcludeFilter.of(List.of(patterns));
        return this;
    }

    TestServer guard(Path... files) {
        guarded = new GuardedFiles(List.of(files), List.of(), "it is the daemon's own");
        return this;
    }

    TestServer maxListedFiles(int files) {
        return limits(limits.codec(), files, limits.maxListingBytes(), limits.freeDiskBytes(), limits.timeouts());
    }

    TestServer maxListingBytes(long bytes) {
        return limits(limits.codec(), limits.maxListedFiles(), bytes, limits.freeDiskBytes(), limits.timeouts());
    }

    TestServer maxFileBytes(long bytes) {
        CodecLimits codec = new CodecLimits(
                limits.codec().maxControlLineBytes(), limits.codec().maxNameLineBytes(), bytes);
        return limits(
                codec, limits.maxListedFiles(), limits.maxListingBytes(), limits.freeDiskBytes(), limits.timeouts());
    }

    TestServer freeDiskBytes(long bytes) {
        return limits(limits.codec(), limits.maxListedFiles(), limits.maxListingBytes(), bytes, limits.timeouts());
    }

    /** Sets how long a client may take; see {@link Patience}. */
    TestServer timeouts(Timeouts timeouts) {
        return limits(
                limits.codec(), limits.maxListedFiles(), limits.maxListingBytes(), limits.freeDiskBytes(), timeouts);
    }

    TestServer daemon(DaemonLimits newLimits) {
        daemon = newLimits;
        return this;
    }

    private TestServer limits(
            CodecLimits codec, int listedFiles, long listingBytes, long freeBytes, Timeouts timeouts) {
        limits = new SessionLimits(codec, listedFiles, listingBytes, freeBytes, limits.requestsAhead(), timeouts);
        return this;
    }

    SkSyncServer start() throws IOException {
        return SkSyncServer.start(config());
    }

    /** Returns what has been described, also for a daemon that runs. */
    ServerConfig config() {
        return new ServerConfig(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                tls,
                login,
                verifiers,
                AllowedRoots.of(roots, outside),
                access,
                excludes,
                guarded,
                Duration.ofSeconds(1),
                TimeErrors.FAIL,
                futureTimes,
                KeepReplaced.OFF,
                Durability.BATCH,
                limits,
                daemon);
    }

    static UserName user(String name) {
        try {
            return UserName.of(name);
        } catch (SrpException e) {
            throw new IllegalStateException(e);
        }
    }

    static SrpVerifier verifier(String name, String password) {
        try {
            return SrpVerifier.create(user(name), password.toCharArray(), new SecureRandom());
        } catch (SrpException e) {
            throw new IllegalStateException(e);
        }
    }
}
