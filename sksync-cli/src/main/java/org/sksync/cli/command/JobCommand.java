package org.sksync.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sksync.cli.reference.ProfileNames;
import org.sksync.config.ClientProfile;
import org.sksync.config.ConfigEdit;
import org.sksync.config.ConfigEditor;
import org.sksync.config.ConfigException;
import org.sksync.config.SkSyncConfig;
import org.sksync.files.store.DiskProblem;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sksync job}: keeps the profiles of a configuration. */
@Command(
        name = "job",
        description = "Keeps the profiles of a configuration: what is synced with which server, and how.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the configuration could not be written",
            "2:the command line or the configuration is wrong; nothing was changed",
            "130:interrupted at a question"
        })
public final class JobCommand {

    private static final int KEY_COLUMNS = 24;

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
                .addSubcommand(JobEditCommand.line(terminals, standardInput, clock));
    }

    @Command(
            name = "list",
            description = "Lists the profiles.",
            mixinStandardHelpOptions = true,
            versionProvider = VersionText.class,
            customSynopsis = "sksync job list [-c FILE] [-q | -v] [--json] [--color WHEN] [--debug]",
            sortOptions = false)
    int list(@Mixin CommonOptions common, @Mixin OutputOptions output) {
        return run(common, output, terminal -> {
            SkSyncConfig config = config(common, terminal);
            for (String name : config.profileNames()) {
                list(name, config, terminal);
            }
        });
    }

    private static void list(String name, SkSyncConfig config, Terminal terminal) {
        try {
            ClientProfile profile = config.profile(name);
            terminal.tell(
                    name + "  " + profile.host() + ":" + profile.port() + "  " + profile.serverPath() + arrow(profile)
                            + profile.clientPath() + "  " + profile.syncType().token(),
                    json(profile));
        } catch (ConfigException e) {
            terminal.warn(String.valueOf(e.getMessage()));
        }
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
            customSynopsis = "sksync job show NAME [-c FILE] [-q | -v] [--json] [--color WHEN] [--debug]",
            sortOptions = false)
    int show(
            @Mixin CommonOptions common,
            @Mixin OutputOptions output,
            @Parameters(paramLabel = "NAME", completionCandidates = ProfileNames.class, description = "The profile.")
                    String name) {
        return run(common, output, terminal -> {
            ClientProfile profile = config(common, terminal).profile(name);
            terminal.tell(text(profile.name(), "name"), json(profile));
            for (ProfileKey key : ProfileKey.values()) {
                terminal.print(text(
                        key.in(profile)
                                .map(value -> value instanceof List<?> list
                                        ? list.stream().map(Object::toString).collect(Collectors.joining(", "))
                                        : value.toString())
                                .orElse(""),
                        key.key()));
            }
            terminal.print(text(
                    profile.password().isPresent()
                            ? "*** (kept in the file)"
                            : profile.username().isPresent() ? "(asked for at each sync)" : "",
                    "password"));
        });
    }

    private static String text(String value, String key) {
        return (key + " ".repeat(Math.max(1, KEY_COLUMNS - key.length())) + value).stripTrailing();
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
            customSynopsis = "sksync job rename OLD NEW [-c FILE] [-q | -v] [--json] [--color WHEN] [--debug]",
            sortOptions = false)
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
            customSynopsis = "sksync job remove NAME [-c FILE] [-q | -v] [--json] [--color WHEN] [--debug]",
            sortOptions = false)
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
        void run(Terminal terminal) throws CommandFailure, ConfigException, IOException;
    }

    private int run(CommonOptions common, OutputOptions output, Action action) {
        return run(common, terminals.open(output.display(common.debug())), action);
    }

    /** Does it, and reports what goes wrong. Returns the exit code. */
    static int run(CommonOptions common, Terminal terminal, Action action) {
        try {
            action.run(terminal);
            return ExitCode.DONE.code();
        } catch (CommandFailure e) {
            terminal.error(e.sentence(), e);
            return e.exitCode().code();
        } catch (ConfigException e) {
            terminal.error(String.valueOf(e.getMessage()), e);
            return ExitCode.USAGE.code();
        } catch (IOException e) {
            terminal.error(
                    common.file() + ": the configuration can't be changed: " + DiskProblem.describe(e)
                            + "; it is as it was",
                    e);
            return ExitCode.ERROR.code();
        }
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
