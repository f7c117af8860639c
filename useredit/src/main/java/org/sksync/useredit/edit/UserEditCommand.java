package org.sksync.useredit.edit;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sksync.config.ConfigEdit;
import org.sksync.config.ConfigEditor;
import org.sksync.config.ConfigException;
import org.sksync.config.StoredVerifier;
import org.sksync.files.path.EscapedText;
import org.sksync.files.store.DiskProblem;
import org.sksync.protocol.srp.SrpException;
import org.sksync.protocol.srp.SrpVerifier;
import org.sksync.protocol.srp.UserName;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The command {@code useredit} with its sub-commands, to be run by picocli as a program of its own or as a sub-command.
 * Of every error there is one sentence in its report, and it returns the exit code. Used by one thread.
 */
@Command(
        name = "useredit",
        description = {
            "Keeps the users of a sksync.json.",
            "Without a command, it asks for a user name and a password, and adds the user or changes its password."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class)
public final class UserEditCommand implements Callable<Integer> {

    private static final Path DEFAULT_FILE = Path.of("sksync.json");

    private final Terminal terminal;
    private final Clock clock;
    private final SecureRandom random;
    private final Reports reports;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private CommonOptions options = new CommonOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "The configuration to change (default: ./sksync.json).")
    private Optional<Path> file = Optional.empty();

    private UserEditCommand(Terminal terminal, Clock clock, SecureRandom random, Reports reports) {
        this.terminal = terminal;
        this.clock = clock;
        this.random = random;
        this.reports = reports;
    }

    /**
     * Returns the command with its sub-commands.
     *
     * @param terminal where to ask
     * @param clock names the copies of files that are kept
     * @param random makes the salts
     * @param reports where to tell
     */
    public static CommandLine line(Terminal terminal, Clock clock, SecureRandom random, Reports reports) {
        CommandLine line = new CommandLine(new UserEditCommand(terminal, clock, random, reports));
        line.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCode.table());
        return line;
    }

    /** Asks for a user name and a password, and adds the user or changes its password. Returns the exit code. */
    @Override
    public Integer call() {
        return run(options, (editor, report) -> {
            PasswordSource passwords = new PasswordSource(terminal, false);
            passwords.require("useredit add NAME --password-stdin");
            UserName name = UserName.of(terminal.line("Username: ").orElseThrow(PasswordSource::endOfInput));
            StoredVerifier verifier = verifier(name, passwords);
            tell("set", "set the password of", name.value(), editor.putUser(name.value(), verifier), editor, report);
        });
    }

    @Command(
            name = "add",
            description = "Adds a user that is not there yet.",
            mixinStandardHelpOptions = true,
            versionProvider = ProgramVersion.class)
    int add(
            @Mixin CommonOptions common,
            @Option(
                            names = "--password-stdin",
                            description = "Take the password from the first line of standard input.")
                    boolean passwordStdin,
            @Parameters(paramLabel = "NAME", description = "The user.") String text) {
        return run(common, (editor, report) -> {
            UserName name = UserName.of(text);
            if (editor.userNames().contains(text)) {
                throw new UserEditException(
                        ExitCode.USAGE,
                        editor.file() + ": there is a user \"" + EscapedText.of(text)
                                + "\" already; choose another name, or change the password with passwd");
            }
            StoredVerifier verifier = verifier(name, new PasswordSource(terminal, passwordStdin));
            tell("added", "added", text, editor.addUser(text, verifier), editor, report);
        });
    }

    @Command(
            name = "passwd",
            description = "Changes the password of a user.",
            mixinStandardHelpOptions = true,
            versionProvider = ProgramVersion.class)
    int passwd(
            @Mixin CommonOptions common,
            @Option(
                            names = "--password-stdin",
                            description = "Take the password from the first line of standard input.")
                    boolean passwordStdin,
            @Parameters(paramLabel = "NAME", description = "The user.") String text) {
        return run(common, (editor, report) -> {
            UserName name = UserName.of(text);
            requireUser(editor, text);
            StoredVerifier verifier = verifier(name, new PasswordSource(terminal, passwordStdin));
            tell("changed", "changed the password of", text, editor.changeUser(text, verifier), editor, report);
        });
    }

    @Command(
            name = "remove",
            description = "Removes a user.",
            mixinStandardHelpOptions = true,
            versionProvider = ProgramVersion.class)
    int remove(@Mixin CommonOptions common, @Parameters(paramLabel = "NAME", description = "The user.") String text) {
        return run(common, (editor, report) -> {
            if (!editor.userNames().contains(text)) {
                // A name that got lost on its way here is told so, rather than looked for.
                UserName.of(text);
            }
            requireFile(editor);
            tell("removed", "removed", text, editor.removeUser(text), editor, report);
        });
    }

    @Command(
            name = "list",
            description = "Lists the users.",
            mixinStandardHelpOptions = true,
            versionProvider = ProgramVersion.class)
    int list(@Mixin CommonOptions common) {
        return run(common, (editor, report) -> {
            requireFile(editor);
            editor.userNames().forEach(name -> report.tell(name, "user", Map.of("name", name)));
        });
    }

    @Command(
            name = "check",
            description = "Tells whether a password is that of a user.",
            mixinStandardHelpOptions = true,
            versionProvider = ProgramVersion.class)
    int check(
            @Mixin CommonOptions common,
            @Option(
                            names = "--password-stdin",
                            description = "Take the password from the first line of standard input.")
                    boolean passwordStdin,
            @Parameters(paramLabel = "NAME", description = "The user.") String text) {
        return run(common, (editor, report) -> {
            UserName name = UserName.of(text);
            requireUser(editor, text);
            StoredVerifier stored = editor.verifier(text)
                    .orElseThrow(() -> new UserEditException(
                            ExitCode.USAGE,
                            editor.file() + ": the user \"" + EscapedText.of(text)
                                    + "\" has no password; set one with passwd"));
            SrpVerifier verifier = SrpVerifier.ofHex(stored.saltHex(), stored.verifierHex());
            char[] password = new PasswordSource(terminal, passwordStdin).existing(text);
            try {
                if (!verifier.matches(name, password)) {
                    throw new UserEditException(
                            ExitCode.DOES_NOT_FIT,
                            "the password is not that of \"" + EscapedText.of(text) + "\"; try again");
                }
                report.tell("the password is that of \"" + text + "\"", "password_fits", Map.of("user", text));
            } finally {
                Arrays.fill(password, '\0');
            }
        });
    }

    /** What a command does with the file that it is about. */
    private interface Action {
        void run(ConfigEditor editor, Report report)
                throws UserEditException, ConfigException, SrpException, IOException;
    }

    private int run(CommonOptions common, Action action) {
        Path target = target(common);
        Report report = reports.open(spec.commandLine(), common.debug() || options.debug());
        try {
            action.run(new ConfigEditor(target, clock), report);
            return ExitCode.DONE.code();
        } catch (UserEditException e) {
            return failed(e.exitCode(), String.valueOf(e.getMessage()), e, report);
        } catch (ConfigException | SrpException e) {
            return failed(ExitCode.USAGE, String.valueOf(e.getMessage()), e, report);
        } catch (IOException e) {
            return failed(ExitCode.ERROR, target + ": " + reason(e), e, report);
        }
    }

    private static int failed(ExitCode exitCode, String sentence, Exception failure, Report report) {
        report.error(sentence, failure);
        return exitCode.code();
    }

    private Path target(CommonOptions common) {
        if (file.isPresent() && options.config().isPresent()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "the file is given twice: as '" + file.get() + "' and with --config (expected: once)");
        }
        return common.config().or(options::config).or(() -> file).orElse(DEFAULT_FILE);
    }

    private static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "its directory is not there; make it first";
        }
        if (failure instanceof AccessDeniedException denied) {
            return "this user may not write " + denied.getFile() + "; change its owner or mode";
        }
        if (failure instanceof FileSystemException broken && broken.getFile() != null) {
            return "the file can't be changed, because " + broken.getFile() + " gives: " + DiskProblem.describe(broken);
        }
        return "the file can't be changed (" + DiskProblem.describe(failure) + ")";
    }

    private static void requireFile(ConfigEditor editor) throws ConfigException, UserEditException {
        if (!editor.isThere()) {
            throw new UserEditException(
                    ExitCode.USAGE,
                    editor.file() + ": there is no such file; name the right one with -c FILE, or make it by adding a"
                            + " user with add");
        }
    }

    private static void requireUser(ConfigEditor editor, String name) throws ConfigException, UserEditException {
        requireFile(editor);
        if (!editor.userNames().contains(name)) {
            throw new UserEditException(
                    ExitCode.USAGE,
                    editor.file() + ": there is no user \"" + EscapedText.of(name) + "\"; add it with add");
        }
    }

    private StoredVerifier verifier(UserName name, PasswordSource passwords)
            throws UserEditException, ConfigException, SrpException, IOException {
        char[] password = passwords.chosen(name.value());
        try {
            SrpVerifier verifier = SrpVerifier.create(name, password, random);
            return StoredVerifier.ofHex(verifier.saltHex(), verifier.verifierHex());
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    /** Tells what was done to a user, and what the change brought with it. */
    private static void tell(
            String action, String what, String name, ConfigEdit edit, ConfigEditor editor, Report report) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("action", action);
        fields.put("name", name);
        fields.put("config", editor.file().toAbsolutePath().normalize().toString());
        report.tell(what + " \"" + name + "\" in " + editor.file(), "user_change", fields);
        edit.notes().forEach(report::warn);
    }
}
