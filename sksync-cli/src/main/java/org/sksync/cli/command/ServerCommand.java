package org.sksync.cli.command;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.sksync.config.ConfigException;
import org.sksync.config.ConfigReader;
import org.sksync.config.ServerSettings;
import org.sksync.config.SkSyncConfig;
import org.sksync.config.StoredVerifier;
import org.sksync.config.WhitelistPolicy;
import org.sksync.files.filter.ExcludeFilter;
import org.sksync.files.path.AllowedRoots;
import org.sksync.files.path.OutsidePolicy;
import org.sksync.files.store.KeepReplaced;
import org.sksync.files.store.TimeErrors;
import org.sksync.protocol.srp.SrpException;
import org.sksync.protocol.srp.SrpVerifier;
import org.sksync.protocol.srp.UserName;
import org.sksync.server.SkSyncServer;
import org.sksync.server.auth.VerifierLookup;
import org.sksync.server.config.FutureTimes;
import org.sksync.server.config.LoginPolicy;
import org.sksync.server.config.ServerConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sksync server}: runs the daemon until it is told to stop. */
@Command(
        name = "server",
        description = "Runs the daemon: serves the directories of the configuration until it is stopped.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        customSynopsis = "sksync server [-c FILE] [--host HOST] [--port PORT] [--debug]",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "1:an error that is none of those below",
            "2:the command line or the configuration is wrong",
            "5:the address can't be listened on",
            "130:interrupted (Ctrl-C)",
            "143:terminated; sessions that ran had ten seconds to end"
        })
public final class ServerCommand implements Callable<Integer> {

    private final Terminals terminals;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Option(
            names = "--host",
            order = 2,
            paramLabel = "HOST",
            description = "Where to listen (default: host of the configuration).")
    private @Nullable String host;

    @Option(
            names = "--port",
            order = 3,
            paramLabel = "PORT",
            description = "The port to listen on, 0 for a free one (default: port of the configuration).")
    private @Nullable Integer port;

    /** Creates the command. */
    public ServerCommand(Terminals terminals) {
        this.terminals = terminals;
    }

    @Override
    public Integer call() {
        Terminal terminal = terminals.open(Display.plain(common.debug()));
        try {
            serve(terminal);
            return ExitCode.DONE.code();
        } catch (ConfigException e) {
            terminal.error(String.valueOf(e.getMessage()), e);
            return ExitCode.USAGE.code();
        } catch (CommandFailure e) {
            terminal.error(e.sentence(), e);
            return e.exitCode().code();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED.code();
        }
    }

    private void serve(Terminal terminal) throws CommandFailure, ConfigException, InterruptedException {
        Optional<SkSyncConfig> read = common.read(terminal);
        ServerSettings settings = read.orElseGet(SkSyncConfig::defaults).server();
        Logging.ofDaemon(common.debug() || settings.debug());
        ListenAddress address = ListenAddress.of(
                host == null ? settings.host() : host,
                port == null ? settings.port() : port,
                host == null ? common.file() + ": host" : "--host");
        Optional<TlsSetup.Serving> tls = new TlsSetup(terminal).forServer(settings);
        ServerConfig config = config(settings, address, tls.map(TlsSetup.Serving::context));
        if (read.isPresent()) {
            new StartWarnings(settings, common.file(), Clock.systemUTC())
                    .of(config.allowedRoots(), config.access(), address, tls.map(TlsSetup.Serving::certificateEnds))
                    .forEach(terminal::warn);
        } else {
            terminal.warn(common.nothingRead() + ", so no directory is offered and nobody can log in; write one and"
                    + " start again (sksync --help shows two), or name one with -c FILE");
        }
        CountDownLatch stopped = new CountDownLatch(1);
        SkSyncServer server = start(config);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.close();
            stopped.countDown();
        }));
        terminal.print("listening on " + address.text(server.address()));
        stopped.await();
    }

    /**
     * Starts a daemon without TLS on a free port of loopback, whatever host and port its configuration has.
     *
     * @throws ConfigException if the configuration is wrong
     * @throws IOException if the daemon can't be started
     */
    public static SkSyncServer onLoopback(Path file) throws ConfigException, IOException {
        try {
            ListenAddress address = ListenAddress.of("127.0.0.1", 0, "loopback");
            return start(config(ConfigReader.read(file).server(), address, Optional.empty()));
        } catch (CommandFailure e) {
            throw new IOException(e.sentence(), e);
        }
    }

    private static SkSyncServer start(ServerConfig config) throws CommandFailure {
        try {
            return SkSyncServer.start(config);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.NETWORK, e, "; stop what listens there already, or choose with --host and --port");
        }
    }

    private static ServerConfig config(ServerSettings settings, ListenAddress address, Optional<SslContext> tls)
            throws CommandFailure {
        return new ServerConfig(
                address.asked(),
                tls,
                settings.requireAuth() ? LoginPolicy.REQUIRED : LoginPolicy.OPTIONAL,
                VerifierLookup.of(verifiers(settings.users())),
                AllowedRoots.of(
                        settings.allowedRoots(),
                        settings.whitelistPolicy() == WhitelistPolicy.SILENT
                                ? OutsidePolicy.SILENT
                                : OutsidePolicy.DENY),
                AccessSetup.of(settings),
                ExcludeFilter.of(settings.excludePatterns()),
                settings.modifyWindow(),
                settings.ignoreTimeErrors() ? TimeErrors.IGNORE : TimeErrors.FAIL,
                settings.refuseFutureTimes() ? FutureTimes.REFUSED : FutureTimes.ACCEPTED,
                new KeepReplaced(
                        settings.keepReplaced().age(), settings.keepReplaced().bytes()),
                settings.durability(),
                LimitsMapping.session(settings.limits()),
                LimitsMapping.daemon(settings.limits()));
    }

    static Map<UserName, SrpVerifier> verifiers(Map<String, StoredVerifier> users) throws CommandFailure {
        Map<UserName, SrpVerifier> result = new LinkedHashMap<>();
        for (Map.Entry<String, StoredVerifier> user : users.entrySet()) {
            try {
                StoredVerifier stored = user.getValue();
                result.put(UserName.of(user.getKey()), SrpVerifier.of(stored.salt(), stored.verifier()));
            } catch (SrpException e) {
                throw new CommandFailure(ExitCode.USAGE, "users." + user.getKey() + ": " + e.getMessage());
            }
        }
        return result;
    }
}
