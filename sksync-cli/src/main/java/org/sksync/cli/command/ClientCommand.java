package org.sksync.cli.command;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.sksync.client.SkSyncClient;
import org.sksync.client.config.Credentials;
import org.sksync.client.config.SyncProfile;
import org.sksync.client.report.SyncFailedException;
import org.sksync.client.report.SyncReport;
import org.sksync.config.ClientProfile;
import org.sksync.config.ConfigException;
import org.sksync.config.KnownServers;
import org.sksync.config.ProfileSyncType;
import org.sksync.config.Secret;
import org.sksync.config.SkSyncConfig;
import org.sksync.files.filter.ExcludeFilter;
import org.sksync.files.path.WideRoots;
import org.sksync.files.scan.SkippedFile;
import org.sksync.files.store.KeepReplaced;
import org.sksync.files.store.TimeErrors;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.message.Recursion;
import org.sksync.protocol.message.SyncType;
import org.sksync.protocol.srp.SrpException;
import org.sksync.protocol.srp.UserName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sksync client}: syncs profiles of the configuration, one after the other. */
@Command(
        name = "client",
        description = "Syncs the named profiles of the configuration, one after the other.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        customSynopsis = "sksync client NAME... [-c FILE] [--debug]",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes (of several profiles the worst counts):%n",
        exitCodeList = {
            "0:all done",
            "1:an error that is none of those below",
            "2:the command line or the configuration is wrong",
            "3:done, but files were left out",
            "5:the server can't be reached, or the connection ended too early",
            "6:the login failed, or TLS did",
            "8:a directory was refused, or is missing",
            "130:interrupted (Ctrl-C)",
            "143:terminated"
        })
public final class ClientCommand implements Callable<Integer> {

    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "::1");

    private final Terminals terminals;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "A profile of the configuration; one or more.")
    private List<String> names = new ArrayList<>();

    /** Creates a command whose words picocli fills in. */
    public ClientCommand(Terminals terminals) {
        this.terminals = terminals;
    }

    /** Creates a command whose words were read already. */
    ClientCommand(Terminals terminals, CommonOptions common, List<String> names) {
        this.terminals = terminals;
        this.common = common;
        this.names = names;
    }

    CommonOptions common() {
        return common;
    }

    List<String> names() {
        return List.copyOf(names);
    }

    /** Runs the command without picocli, and reports a fault of the program as it would. Returns the exit code. */
    public int run() {
        try {
            return call();
        } catch (RuntimeException e) {
            return terminals.open(common.debug()).fault(e).code();
        }
    }

    @Override
    public Integer call() {
        Terminal terminal = terminals.open(common.debug());
        try {
            SkSyncConfig config = common.read(terminal)
                    .orElseThrow(
                            () -> new CommandFailure(ExitCode.USAGE, common.nothingRead() + "; name one with -c FILE"));
            return sync(profiles(config), terminal).code();
        } catch (ConfigException e) {
            terminal.error(String.valueOf(e.getMessage()), e);
            return ExitCode.USAGE.code();
        } catch (CommandFailure e) {
            terminal.error(e.sentence(), e);
            return e.exitCode().code();
        }
    }

    private List<ClientProfile> profiles(SkSyncConfig config) throws ConfigException, CommandFailure {
        if (names.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "which profile? "
                            + (config.profileNames().isEmpty()
                                    ? common.file() + " has none, so write one under \"clients\""
                                    : common.file() + " has " + String.join(", ", config.profileNames())));
        }
        Logging.ofClient(common.debug() || config.debug());
        NettyStart.ofClient();
        List<ClientProfile> profiles = new ArrayList<>();
        for (String name : names) {
            ClientProfile profile = config.profile(name);
            requireSendable(profile);
            profiles.add(profile);
        }
        return profiles;
    }

    private void requireSendable(ClientProfile profile) throws CommandFailure {
        ProtocolLevel level = level(profile);
        if (!level.canCarry(profile.serverPath())) {
            String instead = profile.sksync1Compat() ? "; rename the directory, or set sksync1_compat to false" : "";
            throw new CommandFailure(
                    ExitCode.USAGE,
                    common.file() + ": clients." + profile.name() + ".server_path is \"" + profile.serverPath()
                            + "\" (expected: characters of " + level.nameCharset() + " alone, which \""
                            + level.greeting() + "\" writes names in)" + instead);
        }
    }

    private ExitCode sync(List<ClientProfile> profiles, Terminal terminal) {
        ExitCode worst = ExitCode.DONE;
        try (SkSyncClient client = new SkSyncClient();
                Interruption interruption = Interruption.ofThisThread()) {
            for (ClientProfile profile : profiles) {
                worst = worst.worse(sync(client, profile, interruption, terminal));
                if (worst == ExitCode.INTERRUPTED) {
                    break;
                }
            }
        }
        return worst;
    }

    private ExitCode sync(SkSyncClient client, ClientProfile profile, Interruption interruption, Terminal terminal) {
        KnownServers known = KnownServers.beside(common.file());
        try {
            SyncProfile terms = terms(profile, known, terminal);
            ProgressLine progress = new ProgressLine(profile, known, terminal);
            return interruption.whileRunning(() -> sync(client, profile.name(), terms, progress, terminal));
        } catch (CommandFailure e) {
            terminal.error(profile.name() + ": " + e.sentence(), e);
            return e.exitCode();
        }
    }

    private static ExitCode sync(
            SkSyncClient client, String name, SyncProfile terms, ProgressLine progress, Terminal terminal) {
        try {
            SyncReport report = client.sync(terms, progress);
            print(name, report, terminal);
            return report.skipped().isEmpty() ? ExitCode.DONE : ExitCode.PARTIAL;
        } catch (SyncFailedException e) {
            terminal.error(name + ": " + e.getMessage(), e);
            return exitCode(e.kind());
        } catch (InterruptedException e) {
            terminal.warn(name + ": interrupted; what has arrived whole is kept, run it again for the rest");
            return ExitCode.INTERRUPTED;
        }
    }

    private static ExitCode exitCode(SyncFailedException.Kind kind) {
        return switch (kind) {
            case NETWORK -> ExitCode.NETWORK;
            case IDENTITY -> ExitCode.IDENTITY;
            case PATH -> ExitCode.PATH;
            case PROTOCOL, OTHER -> ExitCode.ERROR;
        };
    }

    private static void print(String name, SyncReport report, Terminal terminal) {
        terminal.print(name + ": received " + count(report.receivedFiles(), report.receivedBytes()) + ", sent "
                + count(report.sentFiles(), report.sentBytes()) + ", skipped "
                + report.skipped().size() + ", " + seconds(report.duration()));
        for (SkippedFile file : report.skipped()) {
            terminal.print("  skipped " + file.name() + ": " + file.detail());
        }
    }

    private static String count(int files, long bytes) {
        return files + (files == 1 ? " file (" : " files (") + ByteText.of(bytes) + ")";
    }

    private static String seconds(Duration duration) {
        long tenths = (duration.toMillis() + 50) / 100;
        return tenths / 10 + "." + tenths % 10 + " s";
    }

    private static SyncProfile terms(ClientProfile profile, KnownServers known, Terminal terminal)
            throws CommandFailure {
        requireNarrow(profile);
        Optional<SslContext> tls = new TlsSetup(terminal).forClient(profile, known);
        if (tls.isEmpty() && profile.username().isPresent() && !LOCAL.contains(profile.host())) {
            terminal.warn(profile.name() + ": use_ssl is false: the password stays secret, but whoever sits between can"
                    + " read and alter the files");
        }
        return new SyncProfile(
                profile.host(),
                profile.port(),
                tls,
                credentials(profile, terminal),
                level(profile),
                syncType(profile.syncType()),
                profile.recursive() ? Recursion.RECURSIVE : Recursion.TOP_LEVEL,
                profile.serverPath(),
                profile.clientPath(),
                ExcludeFilter.of(profile.excludePatterns()),
                profile.modifyWindow(),
                profile.ignoreTimeErrors() ? TimeErrors.IGNORE : TimeErrors.FAIL,
                new KeepReplaced(
                        profile.keepReplaced().age(), profile.keepReplaced().bytes()),
                profile.durability());
    }

    private static void requireNarrow(ClientProfile profile) throws CommandFailure {
        if (profile.allowWideClientPath()) {
            return;
        }
        try {
            Optional<String> why = WideRoots.whyTooWide(profile.clientPath(), Path.of(System.getProperty("user.home")));
            if (why.isPresent()) {
                throw new CommandFailure(
                        ExitCode.PATH,
                        "client_path " + profile.clientPath() + " " + why.get()
                                + ", and the server could read and replace all of that; choose a directory of its own, or"
                                + " set allow_wide_client_path to true in the profile");
            }
        } catch (IOException e) {
            // The sync will say so: it opens the same directory.
            return;
        }
    }

    private static ProtocolLevel level(ClientProfile profile) {
        return profile.sksync1Compat() ? ProtocolLevel.SKSYNC_1 : ProtocolLevel.PYSKSYNC_2;
    }

    static SyncType syncType(ProfileSyncType asked) {
        return switch (asked) {
            case BIDIRECTIONAL_USE_TIME -> SyncType.BIDIRECTIONAL_USE_TIME;
            case TO_SERVER_USE_TIME -> SyncType.TO_SERVER_USE_TIME;
            case FROM_SERVER_USE_TIME -> SyncType.FROM_SERVER_USE_TIME;
            case BIDIRECTIONAL_NO_TIME -> SyncType.BIDIRECTIONAL_NO_TIME;
            case TO_SERVER_NO_TIME -> SyncType.TO_SERVER_NO_TIME;
            case FROM_SERVER_NO_TIME -> SyncType.FROM_SERVER_NO_TIME;
        };
    }

    private static Optional<Credentials> credentials(ClientProfile profile, Terminal terminal) throws CommandFailure {
        if (profile.username().isEmpty()) {
            return Optional.empty();
        }
        String name = profile.username().get();
        Optional<char[]> password = profile.password().map(Secret::reveal).map(String::toCharArray);
        if (password.isEmpty()) {
            password = terminal.askSecret("Password of " + name + ": ");
        }
        if (password.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "the password of user " + name + " is missing; set password in the configuration, or run this at a"
                            + " terminal to be asked");
        }
        try {
            return Optional.of(new Credentials(UserName.of(name), password.get()));
        } catch (SrpException e) {
            throw new CommandFailure(ExitCode.USAGE, "username: " + e.getMessage());
        }
    }
}
