package org.sksync.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.sksync.cli.signal.SignalListener;
import org.sksync.cli.status.StatusSocket;
import org.sksync.config.ConfigException;
import org.sksync.config.ConfigReader;
import org.sksync.config.ServerSettings;
import org.sksync.config.SkSyncConfig;
import org.sksync.server.SkSyncServer;
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
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "1:an error that is none of those below",
            "2:the command line or the configuration is wrong",
            "5:the address can't be listened on",
            "130:interrupted (Ctrl-C)",
            "143:terminated; sessions that ran had ten seconds to end"
        },
        footer = {
            "",
            "While it runs it reads its configuration again when that, or a certificate that it",
            "names, has changed, and on the signal HUP (docs/daemon.md)."
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
        return Attempt.at(terminal, () -> {
            serve(terminal);
            return ExitCode.DONE;
        });
    }

    private void serve(Terminal terminal) throws CommandFailure, ConfigException, InterruptedException {
        Optional<SkSyncConfig> read = common.read(terminal);
        SkSyncConfig file = read.orElseGet(SkSyncConfig::defaults);
        ServerSettings settings = file.server();
        Logging.ofDaemon(common.debug() || settings.debug());
        ListenAddress address = ListenAddress.of(
                host == null ? settings.host() : host,
                port == null ? settings.port() : port,
                host == null ? common.file() + ": host" : "--host");
        Clock clock = Clock.systemUTC();
        DaemonSetup setup = new DaemonSetup(common.file(), address, clock);
        DaemonConfig config = setup.first(settings, file.ownFiles(), TlsSetup.passwords(terminal));
        requireSomebodyToServe(read, settings);
        config.warnings().forEach(terminal::warn);
        SkSyncServer server = start(config.server());
        Advertising advertising =
                new Advertising(settings, address, server.address().getPort(), config.fingerprint());
        RunningDaemon running =
                new RunningDaemon(common.file(), setup, server, advertising, config, overridden(), clock);
        ConfigWatch watch = new ConfigWatch(running::files, running::read);
        Optional<StatusSocket> status = openStatus(running, address.text(server.address()), server, terminal);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            watch.close();
            server.close();
            status.ifPresent(ServerCommand::close);
            stopped.countDown();
        }));
        watch.begin();
        if (!terminal.isWatched()) {
            // At a terminal the signal says that it is gone, and ends the daemon as it always did.
            SignalListener.toQuestion("HUP", watch::readNow);
        }
        terminal.print("listening on " + address.text(server.address()));
        advertising.untilTheEnd(terminal);
        stopped.await();
    }

    /** Fails where every client would be turned away: then no port need be open. */
    private void requireSomebodyToServe(Optional<SkSyncConfig> read, ServerSettings settings) throws CommandFailure {
        if (read.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    common.nothingRead() + ", so no directory is offered and nobody can log in; make one with:"
                            + " sksync init DIR (or name one with -c FILE)");
        }
        boolean nobody = settings.requireAuth() && settings.users().isEmpty();
        if (nobody && !read.get().describesServer()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    common.file() + " is for a client: it has profiles, but neither users nor server_dir_whitelist, so"
                            + " nobody can log in; sync with: sksync sync NAME, or make another configuration for the"
                            + " daemon with: sksync init DIR -c FILE");
        }
        if (settings.allowedRoots().isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    common.file() + " offers no directory, so every client would be turned away; list some in"
                            + " server_dir_whitelist, or make another configuration with: sksync init DIR -c FILE");
        }
    }

    private Set<String> overridden() {
        Set<String> keys = new HashSet<>();
        if (host != null) {
            keys.add("host");
        }
        if (port != null) {
            keys.add("port");
        }
        return keys;
    }

    private Optional<StatusSocket> openStatus(
            RunningDaemon running, String address, SkSyncServer server, Terminal terminal) {
        String version = new VersionText().getVersion()[0];
        long pid = ProcessHandle.current().pid();
        try {
            return Optional.of(StatusSocket.open(StatusCommand.place(common.file()), () -> StatusJson.of(
                            server.status(), address, running.state(), version, pid)
                    .toString()));
        } catch (IOException e) {
            terminal.warn("sksync status will not find this daemon: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static void close(StatusSocket status) {
        try {
            status.close();
        } catch (IOException e) {
            // The next daemon removes what is left of it.
            return;
        }
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
            DaemonSetup setup = new DaemonSetup(file, address, Clock.systemUTC());
            SkSyncConfig config = ConfigReader.read(file);
            return start(setup.first(config.server(), config.ownFiles(), keyFile -> new char[0])
                    .server());
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
}
