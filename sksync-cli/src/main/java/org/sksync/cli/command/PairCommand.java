package org.sksync.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sksync.cli.setup.FirstConfiguration.Folder;
import org.sksync.cli.setup.FolderProposal;
import org.sksync.cli.setup.Invitation;
import org.sksync.cli.setup.Pairing;
import org.sksync.cli.setup.ServerAddress;
import org.sksync.cli.setup.SetupException;
import org.sksync.client.SkSyncClient;
import org.sksync.client.report.SyncFailedException;
import org.sksync.config.ConfigEdit;
import org.sksync.config.ConfigEditor;
import org.sksync.config.ConfigException;
import org.sksync.config.KeyChanges;
import org.sksync.config.KnownServers;
import org.sksync.config.ProfileSyncType;
import org.sksync.files.store.NewFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sksync pair}: makes a profile of the line that {@code sksync init} has printed on the server. */
@Command(
        name = "pair",
        description = {
            "Makes a profile from the line that 'sksync init' printed.",
            "",
            "It asks for the line, checks by it that it meets that server and no other, logs in once, and writes a"
                    + " profile. The line is never an argument: it holds a password. At a terminal, it also looks in the"
                    + " network: for the server of the line where its addresses have changed, and, if no line is pasted,"
                    + " for any."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        sortOptions = false)
@EndsWith({
    ExitCode.DONE,
    ExitCode.ERROR,
    ExitCode.USAGE,
    ExitCode.NETWORK,
    ExitCode.IDENTITY,
    ExitCode.PATH,
    ExitCode.INTERRUPTED
})
final class PairCommand implements Callable<Integer> {

    /** What a profile would take over from a daemon's configuration in the same file, and must not. */
    private static final List<String> OF_A_DAEMON =
            List.of("ssl_server_certfile", "ssl_client_certfile", "ssl_client_keyfile");

    private static final int MAX_ATTEMPTS = 3;
    /** As a daemon does. */
    private static final int KEEP_REPLACED_DAYS = 30;

    private final Terminals terminals;
    private final InputStream standardInput;
    private final Clock clock;
    private final ServerSearch search;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Option(
            names = "--dir",
            order = 2,
            paramLabel = "DIR",
            description = "The folder here; made if it is missing. Asked for at a terminal.")
    private @Nullable Path directory;

    @Option(
            names = "--name",
            order = 3,
            paramLabel = "PROFILE",
            description = "The profile's name (default: that of the server's folder).")
    private @Nullable String name;

    @Option(names = "--stdin", order = 4, description = "Take the line from standard input.")
    private boolean fromStandardInput;

    @Mixin
    private OutputOptions output = new OutputOptions();

    /** What is there by mistake, and not shown again: it may be the line. */
    @Parameters(arity = "0..*", hidden = true)
    private List<String> words = new ArrayList<>();

    /**
     * Creates the command.
     *
     * @param standardInput what {@code --stdin} reads
     * @param search how servers are looked for that a person is offered
     */
    PairCommand(Terminals terminals, InputStream standardInput, Clock clock, ServerSearch search) {
        this.terminals = terminals;
        this.standardInput = standardInput;
        this.clock = clock;
        this.search = search;
    }

    @Override
    public Integer call() {
        Terminal terminal = terminals.open(output.display(common.debug()));
        return Attempt.at(terminal, common.file() + ": the profile can't be written", () -> {
            pair(terminal);
            return ExitCode.DONE;
        });
    }

    private void pair(Terminal terminal)
            throws CommandFailure, SetupException, ConfigException, SyncFailedException, IOException,
                    InterruptedException {
        if (!words.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "the line is never an argument, since everybody on this machine can see those; start sksync pair"
                            + " without it and paste it then, or use --stdin");
        }
        ConfigEditor editor = new ConfigEditor(common.file(), clock);
        Invitation invitation = invitation(terminal);
        String profile = profileName(invitation, editor);
        requireAnswerable(terminal);
        editor.requireAddable(profile, invitation.serverPath());
        Path usual =
                directory == null ? FolderProposal.in(ChosenFolder.home(), FolderProposal.name(invitation)) : directory;
        ServerAddress server = meet(invitation, usual, terminal);
        Path chosen = directory == null
                ? ChosenFolder.ask("Folder here to keep in step", Optional.of(usual), "--dir DIR", terminal)
                : directory;
        // Before the profile: there is never one that would trust whom it meets first.
        KnownServers.beside(common.file())
                .remember(server.host(), server.port(), invitation.fingerprint().hex());
        Folder folder = ChosenFolder.provide(chosen, common.file(), terminal);
        ConfigEdit edit = editor.addProfile(profile, keys(invitation, server, folder.path(), editor));
        tell(profile, invitation, server, folder, terminal);
        edit.notes().forEach(terminal::warn);
    }

    /** Asks again where a person pasted something else: what is pasted after this program would be the shell's. */
    private Invitation invitation(Terminal terminal) throws CommandFailure, SetupException {
        if (fromStandardInput) {
            return Invitation.parse(FirstLine.of(standardInput, "the line that sksync init printed"));
        }
        if (!terminal.canAsk()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "there is no terminal to ask for the line at; give it on standard input with --stdin");
        }
        String line = pasted(terminal);
        if (line.isBlank()) {
            new NearbyServers(search, terminal).list();
            line = pasted(terminal);
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return Invitation.parse(line);
            } catch (SetupException e) {
                if (attempt == MAX_ATTEMPTS) {
                    throw e;
                }
                terminal.warn(String.valueOf(e.getMessage()));
            }
            line = pasted(terminal);
        }
    }

    private static String pasted(Terminal terminal) throws CommandFailure {
        return terminal.askSecret(
                        "Paste the line that sksync init printed (it does not appear here; without one, press Enter): ")
                .map(String::new)
                .orElseThrow(Terminal::inputEnded);
    }

    private String profileName(Invitation invitation, ConfigEditor editor) throws ConfigException, CommandFailure {
        String profile = name == null ? FolderProposal.name(invitation) : name;
        if (editor.profileNames().contains(profile)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    common.file() + ": there is a profile \"" + profile + "\" already, and it stays as it is; choose"
                            + " another name with --name PROFILE, or remove that one first: sksync job remove "
                            + ShellWord.of(profile) + common.asWords());
        }
        return profile;
    }

    /** Fails before the server is troubled where the directory can't be asked for afterwards. */
    private void requireAnswerable(Terminal terminal) throws CommandFailure {
        if (directory == null && !terminal.canAsk()) {
            throw new CommandFailure(ExitCode.USAGE, "missing: --dir DIR (there is no terminal to ask for it at)");
        }
    }

    private ServerAddress meet(Invitation invitation, Path clientPath, Terminal terminal)
            throws SyncFailedException, CommandFailure, InterruptedException {
        Logging.ofClient(common.debug());
        NettyStart.ofClient();
        try (SkSyncClient client = new SkSyncClient()) {
            Pairing pairing = new Pairing(client, clock);
            try {
                return pairing.meet(
                        invitation, clientPath, host -> terminal.progress("looking for the server at " + host));
            } catch (SyncFailedException e) {
                if (!Pairing.isElsewhere(e) || !terminal.canAsk()) {
                    throw e;
                }
                return new NearbyServers(search, terminal).meet(pairing, invitation, clientPath, e);
            }
        } finally {
            terminal.endProgress();
        }
    }

    private static KeyChanges keys(Invitation invitation, ServerAddress server, Path folder, ConfigEditor editor)
            throws ConfigException {
        KeyChanges keys = new KeyChanges()
                .text("host", server.host())
                .number("port", server.port())
                .flag("use_ssl", true)
                .text("username", invitation.user().value())
                .secret("password", invitation.password())
                .text("server_path", invitation.serverPath())
                .text("client_path", folder.toString())
                .flag("recursive", true)
                .text("sync_type", ProfileSyncType.BIDIRECTIONAL_USE_TIME.token())
                .number("keep_replaced_days", KEEP_REPLACED_DAYS);
        List<String> ofTheFile = editor.topKeys();
        OF_A_DAEMON.stream().filter(ofTheFile::contains).forEach(keys::nothing);
        if (ofTheFile.contains("sksync1_compat")) {
            keys.flag("sksync1_compat", false);
        }
        return keys;
    }

    private void tell(String profile, Invitation invitation, ServerAddress server, Folder folder, Terminal terminal) {
        if (!folder.made() && !NewFiles.isEmptyDirectory(folder.path())) {
            terminal.warn("the folder " + folder.path() + " is not empty: a sync sends the files in it to "
                    + server.host() + " as it fetches those from there, and of two of one name the newer one stays");
        }
        terminal.tell(
                "wrote the profile " + profile + " to "
                        + common.file().toAbsolutePath().normalize() + ": " + folder.path() + " here, "
                        + invitation.serverPath() + " on " + server.host(),
                JsonLine.of("pair")
                        .put("profile", profile)
                        .put(
                                "config",
                                common.file().toAbsolutePath().normalize().toString())
                        .put("host", server.host())
                        .put("port", server.port())
                        .put("user", invitation.user().value())
                        .put("server_path", invitation.serverPath())
                        .put("client_path", folder.path().toString())
                        .put("client_path_made", folder.made())
                        .put("fingerprint", invitation.fingerprint().text()));
        terminal.print("");
        terminal.print("To sync, now and whenever you like, in this directory:");
        terminal.print("  sksync sync " + ShellWord.of(profile) + common.asWords());
        if (common.asWords().isEmpty()) {
            terminal.print("From elsewhere:");
            terminal.print("  sksync sync " + ShellWord.of(profile) + " -c "
                    + ShellWord.of(common.file().toAbsolutePath().normalize().toString()));
        }
    }
}
