package org.sksync.cli.command;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sksync.cli.command.Display.Format;
import org.sksync.cli.command.Display.Verbosity;
import org.sksync.cli.doctor.Doctor;
import org.sksync.cli.doctor.Finding;
import org.sksync.cli.doctor.Finding.Area;
import org.sksync.cli.doctor.Finding.Status;
import org.sksync.cli.reference.ProfileNames;
import org.sksync.client.SkSyncClient;
import org.sksync.client.report.SyncFailedException;
import org.sksync.client.report.SyncListener;
import org.sksync.config.ClientProfile;
import org.sksync.config.KnownServers;
import org.sksync.transport.tls.Fingerprint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sksync doctor}: tells what is well and what is not, and what to do about it. */
@Command(
        name = "doctor",
        description = {
            "Examines the configuration, this machine and the servers of the profiles.",
            "",
            "Each line is ok, warn or BAD, and says what to do next; what could not be looked at is skip. Nothing is"
                    + " changed and no file travels: it logs in and leaves, and it tries the disks with a file of its"
                    + " own that it removes."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes (of what is BAD the worst counts):%n",
        exitCodeList = {
            "0:nothing is BAD",
            "1:something is that is none of those below",
            "2:the command line or the configuration",
            "5:the way to a server, or the daemon's port",
            "6:a login or a certificate",
            "8:a directory or its disk"
        })
final class DoctorCommand implements Callable<Integer> {

    private final Terminals terminals;
    private final Clock clock;
    private final SecureRandom random;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            completionCandidates = ProfileNames.class,
            description = "A profile to look at (default: all of them, and the daemon).")
    private List<String> names = new ArrayList<>();

    /** Creates the command. */
    DoctorCommand(Terminals terminals, Clock clock, SecureRandom random) {
        this.terminals = terminals;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Integer call() throws InterruptedException {
        Display display = output.display(common.debug());
        Terminal terminal = terminals.open(display);
        Logging.ofClient(common.debug());
        NettyStart.ofClient();
        boolean quiet = display.format() == Format.TEXT && display.verbosity() == Verbosity.QUIET;
        Count count = new Count(terminal, quiet);
        try (SkSyncClient client = new SkSyncClient()) {
            KnownServers known = KnownServers.beside(common.file());
            Doctor doctor = new Doctor(
                    common.file(),
                    Path.of(System.getProperty("user.home")),
                    clock,
                    random,
                    key -> terminal.askSecret("Password of " + key + ": ").orElseGet(() -> new char[0]),
                    profile -> visit(client, profile, known, terminal),
                    count::add);
            doctor.examine(names);
        }
        return count.end().code();
    }

    private static Finding visit(SkSyncClient client, ClientProfile profile, KnownServers known, Terminal terminal)
            throws InterruptedException {
        String who = profile.username()
                .map(name -> "user " + name + " can log in, and")
                .orElse("the server lets us in:");
        try {
            List<String> shown = new ArrayList<>();
            client.probe(ProfileTerms.of(profile, known, terminal), new SyncListener() {

                @Override
                public void established(Optional<Fingerprint> server) {
                    server.ifPresent(certificate -> shown.add("; its certificate is " + certificate));
                }
            });
            return new Finding(
                    Status.OK,
                    Area.IDENTITY,
                    who + " " + profile.serverPath() + " is offered" + String.join("", shown),
                    "");
        } catch (SyncFailedException e) {
            return new Finding(Status.BAD, area(e.kind()), String.valueOf(e.getMessage()), "");
        } catch (CommandFailure e) {
            boolean wantsPassword =
                    profile.username().isPresent() && profile.password().isEmpty();
            return new Finding(wantsPassword ? Status.SKIPPED : Status.BAD, Area.CONFIGURATION, e.sentence(), "");
        }
    }

    private static Area area(SyncFailedException.Kind kind) {
        return switch (kind) {
            case NETWORK -> Area.NETWORK;
            case IDENTITY -> Area.IDENTITY;
            case PATH -> Area.DIRECTORY;
            case PROTOCOL, OTHER -> Area.OTHER;
        };
    }

    /** Shows the findings, and counts them. */
    private static final class Count {

        private final Terminal terminal;
        /** Whether what is well is passed over. */
        private final boolean quiet;

        private ExitCode worst = ExitCode.DONE;
        private int ok;
        private int warnings;
        private int bad;
        private int skipped;

        Count(Terminal terminal, boolean quiet) {
            this.terminal = terminal;
            this.quiet = quiet;
        }

        void add(Finding finding) {
            String advice = finding.advice().isEmpty() ? "" : "; " + finding.advice();
            switch (finding.status()) {
                case OK -> {
                    ok++;
                    tell("ok    ", finding, advice);
                }
                case WARN -> {
                    warnings++;
                    tell("warn  ", finding, advice);
                }
                case BAD -> {
                    bad++;
                    worst = worst.worse(exitCode(finding.area()));
                    tell("BAD   ", finding, advice);
                }
                case SKIPPED -> {
                    skipped++;
                    tell("skip  ", finding, advice);
                }
            }
        }

        private void tell(String label, Finding finding, String advice) {
            if (quiet) {
                if (finding.status() == Status.WARN || finding.status() == Status.BAD) {
                    terminal.warn((finding.status() == Status.BAD ? "BAD: " : "") + finding.what() + advice);
                }
                return;
            }
            terminal.tell(
                    label + finding.what() + advice,
                    JsonLine.of("finding")
                            .put("status", label.strip().toLowerCase(Locale.ROOT))
                            .put("what", finding.what())
                            .put("advice", finding.advice()));
        }

        ExitCode end() {
            terminal.tell(
                    bad + " BAD, " + warnings + " warn, " + ok + " ok, " + skipped + " skip",
                    JsonLine.of("findings")
                            .put("bad", (long) bad)
                            .put("warn", (long) warnings)
                            .put("ok", (long) ok)
                            .put("skip", (long) skipped));
            return worst;
        }

        private static ExitCode exitCode(Area area) {
            return switch (area) {
                case CONFIGURATION -> ExitCode.USAGE;
                case NETWORK -> ExitCode.NETWORK;
                case IDENTITY -> ExitCode.IDENTITY;
                case DIRECTORY -> ExitCode.PATH;
                case OTHER -> ExitCode.ERROR;
            };
        }
    }
}
