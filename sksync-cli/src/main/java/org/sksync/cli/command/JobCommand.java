package org.sksync.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sksync.cli.reference.ProfileNames;
import org.sksync.cli.setup.SetupException;
import org.sksync.config.ClientProfile;
import org.sksync.config.ConfigEdit;
import org.sksync.config.ConfigEditor;
import org.sksync.config.ConfigException;
import org.sksync.config.SkSyncConfig;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sksync job}: keeps the profiles of a configuration. */
@Command(
        name = "job",
        description = {
            "Keeps the profiles of a configuration.",
            "",
            "A profile is the entry that says which folder is synced with which server, and how. Its name is what sync"
                    + " and watch take."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        synopsisSubcommandLabel = "COMMAND",
        addMethodSubcommands = false)
@EndsWith({ExitCode.DONE, ExitCode.ERROR, ExitCode.USAGE, ExitCode.INTERRUPTED})
final class JobCommand {

    private final Terminals terminals;
    private final Clock clock;

    private JobCommand(Terminals terminals, Clock clock) {
        this.terminals = terminals;
        this.clock = clock;
    }

    /**
     * Returns the command with its sub-commands.
     *
     * @param standardInput what {@code --password-stdin} reads
     */
    static CommandLine line(Terminals terminals, InputStream standardInput, Clock clock) {
        return new CommandLine(new JobCommand(terminals, clock))
                .addSubcommand(JobAddCommand.line(terminals, standardInput, clock))
                .addSubcommand(method("list"))
                .addSubcommand(method("show"))
                .addSubcommand(JobEditCommand.line(terminals, standardInput, clock))
                .addSubcommand(method("rename"))
                .addSubcommand(method("remove"));
    }

    /** Returns a method of this class that is a command. */
    private static Method method(String name) {
        return CommandLine.getCommandMethods(JobCommand.class, name).get(0);
    }

    @Command(
            name = "list",
            description = "Lists the profiles.",
            mixinStandardHelpOptions = true,
            versionProvider = VersionText.class,
            sortOptions = false)
    @EndsWith({ExitCode.DONE, ExitCode.USAGE})
    int list(@Mixin CommonOptions common, @Mixin OutputOptions output) {
        return run(common, output, terminal -> {
            SkSyncConfig config = config(common, terminal);
            List<ClientProfile> profiles = new ArrayList<>();
            TextTable table = new TextTable();
            for (String name : config.profileNames()) {
                try {
                    ClientProfile profile = config.profile(name);
                    table.add(
                            name,
                            profile.host() + ":" + profile.port(),
                            profile.serverPath() + arrow(profile) + profile.clientPath(),
                            profile.syncType().token());
                    profiles.add(profile);
                } catch (ConfigException e) {
                    terminal.warn(String.valueOf(e.getMessage()));
                }
            }
            List<String> lines = table.lines();
            for (int i = 0; i < lines.size(); i++) {
                terminal.tell(lines.get(i), json(profiles.get(i)));
            }
        });
    }

    private static String arrow(ClientProfile profile) {
        return switch (profile.syncType()) {
            case BIDIRECTIONAL_USE_TIME, BIDIRECTIONAL_NO_TIME -> " <-> ";
            case TO_SERVER_USE_TIME, TO_SERVER_NO_TIME -> " <- ";
            case FROM_SERVER_USE_TIME, FROM_SERVER_NO_TIME -> " -> ";
        };
    }

    @Command(
            name = "show",
            description = "Shows every key of a profile, with what counts where the profile says nothing; no secrets.",
            mixinStandardHelpOptions = true,
            versionProvider = VersionText.class,
            sortOptions = false)
    @EndsWith({ExitCode.DONE, ExitCode.USAGE})
    int show(
            @Mixin CommonOptions common,
            @Mixin OutputOptions output,
            @Parameters(paramLabel = "NAME", completionCandidates = ProfileNames.class, description = "The profile.")
                    String name) {
        return run(common, output, terminal -> {
            ClientProfile profile = config(common, terminal).profile(name);
            TextTable table = new TextTable();
            table.add("name", profile.name());
            for (ProfileKey key : ProfileKey.values()) {
                table.add(key.key(), key.in(profile).map(JobCommand::text).orElse(""));
            }
            table.add("password", password(profile));
            List<String> lines = table.lines();
            terminal.tell(lines.get(0), json(profile));
            lines.subList(1, lines.size()).forEach(terminal::print);
        });
    }

    private static String text(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(Object::toString).collect(Collectors.joining(", "))
                : value.toString();
    }

    private static String password(ClientProfile profile) {
        if (profile.password().isPresent()) {
            return "*** (kept in the file)";
        }
        return profile.username().isPresent() ? "(asked for at each sync)" : "";
    }

    private static JsonLine json(ClientProfile profile) {
        JsonLine json = JsonLine.of("job").put("name", profile.name());
        for (ProfileKey key : ProfileKey.values()) {
            key.show(profile, json);
        }
        return json.put("password_kept", profile.password().isPresent());
    }

    @Command(
            name = "rename",
            description = "Gives a profile another name.",
            mixinStandardHelpOptions = true,
            versionProvider = VersionText.class,
            sortOptions = false)
    @EndsWith({ExitCode.DONE, ExitCode.ERROR, ExitCode.USAGE})
    int rename(
            @Mixin CommonOptions common,
            @Mixin OutputOptions output,
            @Parameters(paramLabel = "OLD", description = "The profile.") String name,
            @Parameters(paramLabel = "NEW", description = "Its new name.") String newName) {
        return run(common, output, terminal -> {
            ConfigEdit edit = editor(common).renameProfile(name, newName);
            tell("renamed", newName, "renamed " + name + " to " + newName, edit, common, terminal);
        });
    }

    @Command(
            name = "remove",
            description = "Removes a profile; the files here and on the server stay.",
            mixinStandardHelpOptions = true,
            versionProvider = VersionText.class,
            sortOptions = false)
    @EndsWith({ExitCode.DONE, ExitCode.ERROR, ExitCode.USAGE})
    int remove(
            @Mixin CommonOptions common,
            @Mixin OutputOptions output,
            @Parameters(paramLabel = "NAME", completionCandidates = ProfileNames.class, description = "The profile.")
                    String name) {
        return run(common, output, terminal -> {
            ConfigEdit edit = editor(common).removeProfile(name);
            tell(
                    "removed",
                    name,
                    "removed " + name + " from " + common.file() + "; the files here and on the server stay",
                    edit,
                    common,
                    terminal);
        });
    }

    private static SkSyncConfig config(CommonOptions common, Terminal terminal) throws CommandFailure {
        Optional<SkSyncConfig> read = common.read(terminal);
        return read.orElseThrow(() -> new CommandFailure(
                ExitCode.USAGE,
                common.nothingRead() + "; name one with -c FILE, or make one with sksync job add NAME"));
    }

    private ConfigEditor editor(CommonOptions common) {
        return new ConfigEditor(common.file(), clock);
    }

    /** What a command about profiles does. */
    interface Action {
        void run(Terminal terminal) throws CommandFailure, SetupException, ConfigException, IOException;
    }

    private int run(CommonOptions common, OutputOptions output, Action action) {
        return run(common, terminals.open(output.display(common.debug())), action);
    }

    /** Does it, and reports what goes wrong. Returns the exit code. */
    static int run(CommonOptions common, Terminal terminal, Action action) {
        return Attempt.at(terminal, common.file() + ": the configuration is as it was, for it can't be changed", () -> {
            action.run(terminal);
            return ExitCode.DONE;
        });
    }

    /** Tells what was done to a profile, and what the change brought with it. */
    static void tell(
            String action, String name, String sentence, ConfigEdit edit, CommonOptions common, Terminal terminal) {
        terminal.tell(
                sentence,
                JsonLine.of("job_change")
                        .put("action", action)
                        .put("name", name)
                        .put(
                                "config",
                                common.file().toAbsolutePath().normalize().toString()));
        edit.notes().forEach(terminal::warn);
    }
}
