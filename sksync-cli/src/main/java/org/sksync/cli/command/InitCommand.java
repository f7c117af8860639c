package org.sksync.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sksync.cli.setup.FirstConfiguration;
import org.sksync.cli.setup.FirstConfiguration.Folder;
import org.sksync.cli.setup.Invitation;
import org.sksync.cli.setup.LocalHosts;
import org.sksync.cli.setup.QrCode;
import org.sksync.cli.setup.SetupException;
import org.sksync.protocol.srp.SrpException;
import org.sksync.protocol.srp.UserName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sksync init}: writes the first configuration of a daemon, and tells what to do next. */
@Command(
        name = "init",
        description = {
            "Makes a first configuration for a daemon that serves a folder.",
            "",
            "It writes sksync.json with one user and a password made of words, a certificate and its key, and prints a line"
                    + " for 'sksync pair' on another machine. It starts nothing and changes no file that is there."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        sortOptions = false)
@EndsWith({ExitCode.DONE, ExitCode.ERROR, ExitCode.USAGE, ExitCode.INTERRUPTED})
final class InitCommand implements Callable<Integer> {

    private static final int DEFAULT_PORT = 23456;
    private static final String NOBODY = "me";

    private final Terminals terminals;
    private final Clock clock;
    private final SecureRandom random;

    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            description = "The folder to serve; made if it is missing. Asked for at a terminal.")
    private @Nullable Path directory;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Option(
            names = "--name",
            order = 2,
            paramLabel = "HOSTNAME",
            description = "A name or address by which others reach this machine, to be tried first; may be repeated.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--user",
            order = 3,
            paramLabel = "NAME",
            description = "Whom the others log in as (default: your login name).")
    private @Nullable String user;

    @Option(
            names = "--port",
            order = 3,
            paramLabel = "PORT",
            description = "The port to listen on (default: " + DEFAULT_PORT + ").")
    private int port = DEFAULT_PORT;

    @Option(
            names = "--android",
            order = 4,
            description =
                    "Make it for the Android app, which has neither password nor encryption, and tell what to type"
                            + " into it.")
    private boolean android;

    @Option(names = "--no-qr", order = 4, description = "Draw no QR code.")
    private boolean noQr;

    @Mixin
    private OutputOptions output = new OutputOptions();

    /** Creates the command. */
    InitCommand(Terminals terminals, Clock clock, SecureRandom random) {
        this.terminals = terminals;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Integer call() {
        Terminal terminal = terminals.open(output.display(common.debug()));
        FirstConfiguration first = new FirstConfiguration(common.file(), clock, random);
        return Attempt.at(terminal, first.file() + ": the first configuration can't be written", () -> {
            init(first, terminal);
            return ExitCode.DONE;
        });
    }

    private void init(FirstConfiguration first, Terminal terminal) throws CommandFailure, SetupException, IOException {
        Port.of("--port", port, 1);
        if (android && user != null) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--user: not with --android (the app knows no users); leave one of the two out");
        }
        if (android) {
            initAndroid(first, terminal);
        } else {
            initDesktops(first, terminal);
        }
    }

    private void initDesktops(FirstConfiguration first, Terminal terminal)
            throws CommandFailure, SetupException, IOException {
        first.requireNothingThere();
        UserName name = userName();
        List<String> hosts = hosts();
        Folder folder = folder(terminal);
        Invitation invitation = first.writeForDesktops(folder.path(), name, hosts, port);
        terminal.tell(
                "wrote " + first.file() + " with the user " + name.value() + ", and beside it "
                        + first.certificate().getFileName() + " and "
                        + first.key().getFileName(),
                told(first, folder)
                        .put("certificate", first.certificate().toString())
                        .put("key", first.key().toString())
                        .put("user", name.value())
                        .put("fingerprint", invitation.fingerprint().text())
                        .put("invitation", invitation.line()));
        tellNextHere(first, terminal);
        terminal.print(
                "It tells its network of itself, so that sksync scan finds it; mdns_advertise in the file ends that.");
        terminal.print("");
        terminal.print("On the other machine, run this and paste the line below when it asks:");
        terminal.print("  sksync pair");
        terminal.print("");
        terminal.printWhole(invitation.line());
        terminal.print("");
        terminal.print(
                "The line holds the password: whoever has it can read and change what is in the folder. It is not"
                        + " shown again.");
        if (!noQr) {
            drawQr(invitation, terminal);
        }
    }

    private void initAndroid(FirstConfiguration first, Terminal terminal)
            throws CommandFailure, SetupException, IOException {
        first.requireNothingThere();
        List<String> hosts = hosts();
        Folder folder = folder(terminal);
        first.writeForAndroid(folder.path(), port);
        terminal.warn("SK Sync 1, which the app speaks, has neither password nor encryption: whoever reaches port "
                + port + " can read and change what is in " + folder.path() + "; use it on a network you trust alone");
        terminal.tell("wrote " + first.file(), told(first, folder).put("hosts", hosts));
        tellNextHere(first, terminal);
        terminal.print("");
        terminal.print("In the app, enter:");
        terminal.print("  server         " + hosts.get(0)
                + (hosts.size() > 1 ? "   (or " + String.join(", ", hosts.subList(1, hosts.size())) + ")" : ""));
        terminal.print("  port           " + port);
        terminal.print("  server folder  " + folder.path());
    }

    private JsonLine told(FirstConfiguration first, Folder folder) {
        return JsonLine.of("init")
                .put("config", first.file().toString())
                .put("directory", folder.path().toString())
                .put("directory_made", folder.made())
                .put("port", port)
                .put("android", android);
    }

    private static void tellNextHere(FirstConfiguration first, Terminal terminal) {
        String config = " -c " + ShellWord.of(first.file().toString());
        terminal.print("");
        terminal.print("On this machine, start the daemon:");
        terminal.print("  sksync server" + config);
        terminal.print("or have it started whenever the machine is:");
        terminal.print("  sksync service install" + config);
    }

    private Folder folder(Terminal terminal) throws CommandFailure, SetupException {
        Path asked =
                directory == null ? ChosenFolder.ask("Folder to serve", Optional.empty(), "DIR", terminal) : directory;
        return ChosenFolder.provide(asked, common.file(), terminal);
    }

    private List<String> hosts() throws CommandFailure {
        Set<String> hosts = new LinkedHashSet<>(names);
        hosts.addAll(LocalHosts.find());
        if (hosts.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "this machine knows no address of its own; give the one that others reach it by with"
                            + " --name HOSTNAME");
        }
        return hosts.stream().limit(Invitation.MAX_HOSTS).toList();
    }

    private UserName userName() throws CommandFailure {
        try {
            return UserName.of(user == null ? loginName() : user);
        } catch (SrpException e) {
            throw new CommandFailure(ExitCode.USAGE, "--user: " + e.getMessage());
        }
    }

    /** Returns what is left of the login name without what a user's name can't hold. */
    private static String loginName() {
        String name = System.getProperty("user.name", "").replaceAll("[\\p{Cntrl}\\ufffd]", "");
        return name.isBlank() ? NOBODY : name;
    }

    private static void drawQr(Invitation invitation, Terminal terminal) throws SetupException {
        if (!terminal.canAsk()) {
            return;
        }
        List<String> picture = QrCode.of(invitation.line());
        int columns = picture.get(0).length();
        if (columns <= terminal.columns()) {
            terminal.draw(picture);
        } else {
            terminal.print("(for the same as a QR code, make the terminal " + columns + " columns wide)");
        }
    }
}
