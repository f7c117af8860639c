package org.sksync.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.sksync.cli.reference.ProfileNames;
import org.sksync.client.SkSyncClient;
import org.sksync.config.ClientProfile;
import org.sksync.config.ConfigException;
import org.sksync.config.KnownServers;
import org.sksync.config.SkSyncConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sksync sync}, also {@code sksync client}: syncs profiles of the configuration, one after the other. */
@Command(
        name = "sync",
        description = "Syncs profiles of the configuration, one after the other.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes (of several profiles the worst counts):%n")
@EndsWith({
    ExitCode.DONE,
    ExitCode.ERROR,
    ExitCode.USAGE,
    ExitCode.PARTIAL,
    ExitCode.NETWORK,
    ExitCode.IDENTITY,
    ExitCode.PATH,
    ExitCode.BUSY,
    ExitCode.HUNG_UP,
    ExitCode.INTERRUPTED,
    ExitCode.TERMINATED
})
public final class ClientCommand implements Callable<Integer> {

    private final Terminals terminals;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private SyncOutputOptions output = new SyncOutputOptions();

    @Option(names = "--all", order = 2, description = "Sync every profile, in the order of the file.")
    private boolean all;

    @Mixin
    private RunOptions options = new RunOptions();

    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            completionCandidates = ProfileNames.class,
            description = "A profile of the configuration; one or more.")
    private List<String> names = new ArrayList<>();

    /** Creates a command whose words picocli fills in. */
    public ClientCommand(Terminals terminals) {
        this.terminals = terminals;
    }

    /** Creates a command whose words were read already. */
    ClientCommand(
            Terminals terminals,
            CommonOptions common,
            SyncOutputOptions output,
            boolean all,
            RunOptions options,
            List<String> names) {
        this.terminals = terminals;
        this.common = common;
        this.output = output;
        this.all = all;
        this.options = options;
        this.names = names;
    }

    CommonOptions common() {
        return common;
    }

    Display display() {
        return output.display(common.debug());
    }

    boolean all() {
        return all;
    }

    List<String> set() {
        return options.set();
    }

    List<String> names() {
        return List.copyOf(names);
    }

    /** Runs the command without picocli, and reports a fault of the program as it would. Returns the exit code. */
    public int run() {
        try {
            return call();
        } catch (RuntimeException e) {
            return terminals.open(display()).fault(e).code();
        }
    }

    @Override
    public Integer call() {
        Terminal terminal = terminals.open(display());
        return Attempt.at(terminal, () -> {
            SkSyncConfig config = common.readExisting(terminal);
            return sync(profiles(config, terminal), terminal);
        });
    }

    private List<ClientProfile> profiles(SkSyncConfig config, Terminal terminal)
            throws ConfigException, CommandFailure {
        Set<String> asked = asked(config, terminal);
        Logging.ofClient(common.debug() || config.debug());
        NettyStart.ofClient();
        List<ClientProfile> profiles = new ArrayList<>();
        for (String name : asked) {
            ClientProfile profile = options.profile(config, name);
            ProfileTerms.requireSendable(profile, common.file());
            profiles.add(profile);
        }
        return profiles;
    }

    private Set<String> asked(SkSyncConfig config, Terminal terminal) throws CommandFailure {
        List<String> known = config.profileNames();
        if (all && !names.isEmpty()) {
            throw new CommandFailure(ExitCode.USAGE, "--all syncs every profile; leave the names or --all out");
        }
        Set<String> asked = new LinkedHashSet<>(all ? known : names);
        if (asked.size() < names.size()) {
            terminal.warn("a profile is named more than once; each is synced once");
        }
        if (asked.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "which profile? "
                            + (known.isEmpty()
                                    ? common.file() + " has none; make one with sksync pair, or sksync job add NAME"
                                    : common.file() + " has " + String.join(", ", known)));
        }
        return asked;
    }

    private ExitCode sync(List<ClientProfile> profiles, Terminal terminal) {
        ExitCode worst = ExitCode.DONE;
        KnownServers known = KnownServers.beside(common.file());
        try (SkSyncClient client = new SkSyncClient();
                Interruption interruption = Interruption.ofThisThread()) {
            ProfileRun run = new ProfileRun(client, known, interruption, FolderLocks.of("client", terminal), terminal);
            for (ClientProfile profile : profiles) {
                worst = worst.worse(run.sync(profile));
                if (worst == ExitCode.INTERRUPTED) {
                    break;
                }
            }
        }
        return worst;
    }
}
