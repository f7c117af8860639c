package org.sksync.cli.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.sksync.config.ConfigException;
import org.sksync.config.ServerSettings;
import org.sksync.config.StoredVerifier;
import org.sksync.config.WhitelistPolicy;
import org.sksync.files.filter.ExcludeFilter;
import org.sksync.files.path.AllowedRoots;
import org.sksync.files.path.OutsidePolicy;
import org.sksync.files.store.TimeErrors;
import org.sksync.protocol.srp.SrpException;
import org.sksync.protocol.srp.SrpVerifier;
import org.sksync.protocol.srp.UserName;
import org.sksync.server.SkSyncServer;
import org.sksync.server.auth.VerifierLookup;
import org.sksync.server.config.LoginPolicy;
import org.sksync.server.config.ServerConfig;
import org.sksync.server.config.SessionLimits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sksync server}: runs the daemon until it is told to stop. */
@Command(
        name = "server",
        description = "Runs the daemon: serves the directories of the configuration until it is stopped.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class)
public final class ServerCommand implements Callable<Integer> {

    private final Terminals terminals;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "Where to listen (default: host of the configuration).")
    private @Nullable String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The port to listen on, 0 for a free one (default: port of the configuration).")
    private @Nullable Integer port;

    /** Creates the command. */
    public ServerCommand(Terminals terminals) {
        this.terminals = terminals;
    }

    @Override
    public Integer call() {
        Terminal terminal = terminals.open(common.debug());
        try {
            ServerSettings settings = settings(terminal);
            Logging.level(common.debug() || settings.debug());
            serve(config(settings, terminal), terminal);
            return ExitCode.DONE.code();
        } catch (CommandFailure e) {
            terminal.error(e.sentence(), e);
            return e.exitCode().code();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED.code();
        }
    }

    private ServerSettings settings(Terminal terminal) throws CommandFailure {
        try {
            return common.read(terminal).server();
        } catch (ConfigException e) {
            throw new CommandFailure(ExitCode.USAGE, e);
        }
    }

    private static void serve(ServerConfig config, Terminal terminal) throws CommandFailure, InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        try {
            SkSyncServer server = SkSyncServer.start(config);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                server.close();
                stopped.countDown();
            }));
            InetSocketAddress address = server.address();
            terminal.print("listening on " + address.getAddress().getHostAddress() + ":" + address.getPort());
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.NETWORK, e);
        }
        stopped.await();
    }

    private ServerConfig config(ServerSettings settings, Terminal terminal) throws CommandFailure {
        LoginPolicy loginPolicy = settings.requireAuth() ? LoginPolicy.REQUIRED : LoginPolicy.OPTIONAL;
        if (loginPolicy == LoginPolicy.REQUIRED && settings.users().isEmpty()) {
            terminal.warn("require_auth is true, but there are no users, so nobody can log in; add one with useredit,"
                    + " or set require_auth to false");
        }
        if (settings.allowedRoots().isEmpty()) {
            terminal.warn("no directory may be synced; name some in server_dir_whitelist");
        }
        if (loginPolicy == LoginPolicy.REQUIRED && !settings.useSsl()) {
            terminal.warn("use_ssl is false: passwords stay secret, but files travel in the clear and can be altered");
        }
        return new ServerConfig(
                address(settings),
                new TlsSetup(terminal).forServer(settings),
                loginPolicy,
                VerifierLookup.of(verifiers(settings.users())),
                AllowedRoots.of(
                        settings.allowedRoots(),
                        settings.whitelistPolicy() == WhitelistPolicy.SILENT
                                ? OutsidePolicy.SILENT
                                : OutsidePolicy.DENY),
                ExcludeFilter.of(settings.excludePatterns()),
                settings.modifyWindow(),
                settings.ignoreTimeErrors() ? TimeErrors.IGNORE : TimeErrors.FAIL,
                SessionLimits.DEFAULT);
    }

    private InetSocketAddress address(ServerSettings settings) throws CommandFailure {
        String name = host == null ? settings.host() : host;
        int number = port == null ? settings.port() : port;
        if (number < 0 || number > 65535) {
            throw new CommandFailure(ExitCode.USAGE, "--port: " + number + " (expected: 0..65535)");
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(name), number);
        } catch (UnknownHostException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "host: " + name + " is unknown (expected: an address of this machine)");
        }
    }

    private static Map<UserName, SrpVerifier> verifiers(Map<String, StoredVerifier> users) throws CommandFailure {
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
