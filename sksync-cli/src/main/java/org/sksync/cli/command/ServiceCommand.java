package org.sksync.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sksync.cli.reference.ProfileNames;
import org.sksync.cli.service.ServiceException;
import org.sksync.cli.service.ServiceRole;
import org.sksync.cli.service.ServiceScope;
import org.sksync.cli.service.ServiceState;
import org.sksync.cli.service.ServiceTask;
import org.sksync.cli.service.Services;
import org.sksync.cli.service.Services.Existing;
import org.sksync.cli.service.Step;
import org.sksync.config.ConfigException;
import org.sksync.config.SkSyncConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code sksync service}: lets the system run the daemon or the watching client, shows that, and undoes it. */
@Command(
        name = "service",
        description = "Lets the system run the daemon, or the watching client: systemd, launchd or Windows' tasks.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false)
@EndsWith({ExitCode.DONE, ExitCode.ERROR, ExitCode.USAGE})
final class ServiceCommand implements Callable<Integer> {

    private final Terminals terminals;
    private final Machine machine;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Creates the command. */
    ServiceCommand(Terminals terminals, Machine machine) {
        this.terminals = terminals;
        this.machine = machine;
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "which command? (expected: install, status or remove)");
    }

    @Command(
            name = "install",
            description = {
                "Installs the service, starts it, and lets it start by itself from now on.",
                "",
                "The machine's service runs as the user who owns the configuration. Each file that is written and each"
                        + " command that is run is told."
            },
            mixinStandardHelpOptions = true,
            versionProvider = VersionText.class,
            sortOptions = false)
    @EndsWith({ExitCode.DONE, ExitCode.ERROR, ExitCode.USAGE})
    int install(
            @Mixin CommonOptions common,
            @Mixin OutputOptions output,
            @Mixin ScopeOptions scopes,
            @Option(
                            names = "--watch",
                            order = 4,
                            paramLabel = "NAME",
                            completionCandidates = ProfileNames.class,
                            description = "Install the watching client of this profile instead of the daemon; may be"
                                    + " given several times.")
                    @Nullable
                    List<String> watched,
            @Option(names = "--dry-run", order = 4, description = "Show what would be written and run; do nothing.")
                    boolean dryRun,
            @Option(names = "--force", order = 4, description = "Replace a file that is there and differs.")
                    boolean force) {
        return run(common, output, terminal -> {
            ServiceScope scope = scopes.asked().orElse(machine.usualScope());
            SkSyncConfig config = common.read(terminal)
                    .orElseThrow(
                            () -> new CommandFailure(ExitCode.USAGE, common.nothingRead() + "; name one with -c FILE"));
            ServiceTask task = new ServiceSetup(machine, common.file(), terminal)
                    .task(config, watched == null ? List.of() : watched, scope);
            Services services = machine.services();
            List<Step> steps = services.install(task, force || dryRun ? Existing.REPLACED : Existing.KEPT);
            carryOut(services, steps, scope, dryRun, terminal);
            if (!dryRun) {
                services.advice(task).forEach(terminal::print);
            }
        });
    }

    @Command(
            name = "status",
            description = "Tells whether the service is installed, starts by itself, and runs.",
            mixinStandardHelpOptions = true,
            versionProvider = VersionText.class,
            sortOptions = false)
    @EndsWith({ExitCode.DONE, ExitCode.ERROR, ExitCode.USAGE})
    int status(@Mixin CommonOptions common, @Mixin OutputOptions output, @Mixin ScopeOptions scopes) {
        return run(common, output, terminal -> {
            Services services = machine.services();
            List<ServiceScope> asked = scopes.asked().map(List::of).orElse(List.of(ServiceScope.values()));
            List<ServiceState> states = new ArrayList<>();
            for (ServiceScope scope : asked) {
                for (ServiceRole role : ServiceRole.values()) {
                    services.state(role, scope).ifPresent(states::add);
                }
            }
            if (states.isEmpty()) {
                terminal.tell("no service is installed; install one with: sksync service install", none(asked));
            }
            states.forEach(state -> terminal.tell(state.words(), json(state)));
        });
    }

    @Command(
            name = "remove",
            description = "Stops the service and removes what install wrote. Configuration and files stay.",
            mixinStandardHelpOptions = true,
            versionProvider = VersionText.class,
            sortOptions = false)
    @EndsWith({ExitCode.DONE, ExitCode.ERROR, ExitCode.USAGE})
    int remove(
            @Mixin CommonOptions common,
            @Mixin OutputOptions output,
            @Mixin ScopeOptions scopes,
            @Option(names = "--dry-run", order = 4, description = "Show what would be run and removed; do nothing.")
                    boolean dryRun,
            @Parameters(
                            paramLabel = "WHICH",
                            arity = "0..1",
                            converter = RoleWords.class,
                            description = "daemon or watch (default: both).")
                    @Nullable
                    ServiceRole asked) {
        return run(common, output, terminal -> {
            ServiceScope scope = scopes.asked().orElse(machine.usualScope());
            Services services = machine.services();
            boolean found = false;
            for (ServiceRole role : ServiceRole.values()) {
                List<Step> steps = asked == null || asked == role ? services.remove(role, scope) : List.of();
                if (!steps.isEmpty()) {
                    found = true;
                    carryOut(services, steps, scope, dryRun, terminal);
                }
            }
            if (!found) {
                terminal.tell("no such service is installed; there is nothing to remove", none(List.of(scope)));
            }
        });
    }

    /** What a command does; what it can't do it says by an exception. */
    private interface Action {
        void run(Terminal terminal) throws CommandFailure, ConfigException, ServiceException;
    }

    private int run(CommonOptions common, OutputOptions output, Action action) {
        Terminal terminal = terminals.open(output.display(common.debug()));
        return Attempt.at(terminal, "a file of the service is refused", () -> {
            action.run(terminal);
            return ExitCode.DONE;
        });
    }

    private static void carryOut(
            Services services, List<Step> steps, ServiceScope scope, boolean dryRun, Terminal terminal)
            throws ServiceException {
        if (!dryRun) {
            services.carryOut(steps, scope, step -> terminal.tell(step.words(), json(step, false)));
            return;
        }
        for (Step step : steps) {
            terminal.tell("would " + step.words(), json(step, true));
            Optional<String> text = step instanceof Step.Write write
                    ? Optional.of(write.text())
                    : step instanceof Step.RunWithFile run ? Optional.of(run.text()) : Optional.empty();
            if (text.isPresent()) {
                text.get().lines().forEach(line -> terminal.print("    " + line));
            }
        }
    }

    private static JsonLine json(Step step, boolean dryRun) {
        JsonLine json = JsonLine.of("service_step");
        if (step instanceof Step.Write write) {
            json.put("action", "write").put("file", write.file().toString()).put("text", write.text());
        } else if (step instanceof Step.Delete delete) {
            json.put("action", "remove").put("file", delete.file().toString());
        } else if (step instanceof Step.RunWithFile run) {
            json.put("action", "run").put("command", run.command()).put("text", run.text());
        } else if (step instanceof Step.Run run) {
            json.put("action", "run").put("command", run.command());
        }
        return json.put("dry_run", dryRun);
    }

    private static JsonLine json(ServiceState state) {
        return JsonLine.of("service_state")
                .put("role", state.role().word())
                .put("scope", word(state.scope()))
                .put("file", state.place())
                .put("starts_by_itself", state.startsByItself())
                .put("running", state.runs());
    }

    /** Tells that there is no service, of those that were asked for. */
    private static JsonLine none(List<ServiceScope> asked) {
        return JsonLine.of("no_service")
                .put("scopes", asked.stream().map(ServiceCommand::word).toList());
    }

    private static String word(ServiceScope scope) {
        return scope.name().toLowerCase(Locale.ROOT);
    }

    private static final class RoleWords implements ITypeConverter<ServiceRole> {

        @Override
        public ServiceRole convert(String word) {
            for (ServiceRole each : ServiceRole.values()) {
                if (each.word().equals(word.toLowerCase(Locale.ROOT))) {
                    return each;
                }
            }
            throw new TypeConversionException("'" + word + "' (expected: daemon or watch)");
        }
    }
}
