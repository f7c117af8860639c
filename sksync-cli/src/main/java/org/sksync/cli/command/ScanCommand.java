package org.sksync.cli.command;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sksync.discovery.Discovery;
import org.sksync.discovery.FoundServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sksync scan}: lists the servers that can be found in the network. */
@Command(
        name = "scan",
        description = {
            "Finds servers in the local network.",
            "",
            "Each is listed with its name, address, protocol level and the fingerprint of its certificate (- where it"
                    + " tells none). Found are servers with ssdp_advertise or mdns_advertise. Anybody in the network"
                    + " can claim anything: compare the fingerprint with the one that the server's owner sees."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        sortOptions = false)
@EndsWith({ExitCode.DONE, ExitCode.ERROR, ExitCode.USAGE, ExitCode.NETWORK})
final class ScanCommand implements Callable<Integer> {

    private static final int MAX_SECONDS = 60;

    private final Terminals terminals;

    @Option(
            names = "--time",
            order = 1,
            paramLabel = "SECONDS",
            description = "How long to wait for answers: 1 to 60 (default: 3).")
    private int seconds = 3;

    @Option(
            names = "--ask",
            order = 2,
            paramLabel = "HOST",
            description = "Ask this machine alone, by SSDP; done when it has answered.")
    private @Nullable String asked;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--debug", order = 9, description = "Show where in the code an error comes from.")
    private boolean debug;

    /** Creates the command. */
    ScanCommand(Terminals terminals) {
        this.terminals = terminals;
    }

    @Override
    public Integer call() {
        Terminal terminal = terminals.open(output.display(debug));
        Logging.ofClient(debug);
        try {
            tell(find(terminal), terminal);
            return ExitCode.DONE.code();
        } catch (CommandFailure e) {
            terminal.error(e.sentence(), e);
            return e.exitCode().code();
        }
    }

    private List<FoundServer> find(Terminal terminal) throws CommandFailure {
        if (seconds < 1 || seconds > MAX_SECONDS) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--time is " + seconds + ", but must be a number from 1 to " + MAX_SECONDS);
        }
        Duration time = Duration.ofSeconds(seconds);
        try {
            return asked == null ? Discovery.everywhere(time, terminal::warn) : Discovery.ask(addressOf(asked), time);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.NETWORK, e, "; one machine can be asked by its address: --ask HOST");
        }
    }

    /** Reads {@code HOST}, or {@code HOST:PORT}, which tests need. */
    private static InetSocketAddress addressOf(String text) throws CommandFailure {
        int colon = text.indexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        int port = colon < 0 ? Discovery.ASK_PORT : Port.of("--ask: the port", text.substring(colon + 1), 1);
        if (host.isBlank()) {
            throw wrongHost(text);
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (address instanceof Inet4Address) {
                    return new InetSocketAddress(address, port);
                }
            }
        } catch (UnknownHostException e) {
            throw new CommandFailure(
                    ExitCode.NETWORK, "--ask: the host \"" + host + "\" is unknown; name it, or its IPv4 address");
        }
        throw wrongHost(text);
    }

    private static CommandFailure wrongHost(String text) {
        return new CommandFailure(
                ExitCode.USAGE, "--ask is \"" + text + "\", but must be the name or the IPv4 address of a machine");
    }

    private void tell(List<FoundServer> servers, Terminal terminal) {
        ServerList.tell(servers, terminal);
        if (servers.isEmpty()) {
            terminal.warn(
                    asked == null
                            ? "no server was found within " + seconds + " s; set ssdp_advertise or mdns_advertise on"
                                    + " the server, let UDP 1900 and 5353 through the firewalls, or enter its address"
                                    + " by hand"
                            : asked + " did not answer within " + seconds + " s; set ssdp_advertise there, and let"
                                    + " UDP 1900 through its firewall; it answers machines of its own network alone");
        }
    }
}
