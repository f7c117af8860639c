package org.sksync.useredit.edit;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sksync.config.ConfigEdit;
import org.sksync.config.ConfigEditor;
import org.sksync.config.ConfigException;
import org.sksync.config.StoredVerifier;
import org.sksync.files.path.EscapedText;
import org.sksync.files.store.DiskProblem;
import org.sksync.protocol.srp.SrpException;
import org.sksync.protocol.srp.SrpVerifier;
import org.sksync.protocol.srp.UserName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The command {@code useredit} with its sub-commands, to be run by picocli as a program of its own or as a sub-command.
 * It reports every error itself, in one sentence, and returns the exit code. Used by one thread.
 */
@Command(
        name = "useredit",
        description = {
            "Keeps the users of a sksync.json.",
            "Without a command, it asks for a user name and a password, and adds the user or changes its password."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:error",
            "2:wrong usage or configuration",
            "6:the password does not fit (check)",
            "130:interrupted"
        })
public final class UserEditCommand implements Callable<Integer> {

    private static final Path DEFAULT_FILE = Path.of("sksync.json");

    private final Terminal terminal;
    private final Clock clock;
    private final SecureRandom random;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private CommonOptions options = new CommonOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "The configuration to change (default: ./sksync.json).")
    private Optional<Path> file = Optional.empty();

    /**
     * Creates the command.
     *
     * @param terminal where to ask
     * @param clock names the copies of files that are kept
     * @param random makes the salts
     */
    public UserEditCommand(Terminal terminal, Clock clock, SecureRandom random) {
        this.terminal = terminal;
        this.clock = clock;
        this.random = random;
    }

    /** Asks for a user name and a password, and adds the user or changes its password. Returns the exit code. */
    @Override
    public Integer call() {
        return run(options, editor -> {
            PasswordSource passwords = new PasswordSource(terminal, false);
            passwords.require("useredit add NAME --password-stdin");
            UserName name = UserName.of(terminal.line("Username: ").orElseThrow(PasswordSource::endOfInput));
            StoredVerifier verifier = verifier(name, passwords);
            return done(editor, editor.putUser(name.value(), verifier), "set the password of", name);
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
        return run(common, editor -> {
            UserName name = UserName.of(text);
            if (editor.userNames().contains(text)) {
                throw new UserEditException(
                        ExitCodes.USAGE,
                        editor.file() + ": there is a user \"" + EscapedText.of(text)
                                + "\" already; choose another name, or change the password with passwd");
            }
            StoredVerifier verifier = verifier(name, new PasswordSource(terminal, passwordStdin));
            return done(editor, editor.addUser(text, verifier), "added", name);
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
        return run(common, editor -> {
            UserName name = UserName.of(text);
            requireUser(editor, text);
            StoredVerifier verifier = verifier(name, new PasswordSource(terminal, passwordStdin));
            return done(editor, editor.changeUser(text, verifier), "changed the password of", name);
        });
    }

    @Command(
            name = "remove",
            description = "Removes a user.",
            mixinStandardHelpOptions = true,
            versionProvider = ProgramVersion.class)
    int remove(@Mixin CommonOptions common, @Parameters(paramLabel = "NAME", description = "The user.") String text) {
        return run(common, editor -> {
            if (!editor.userNames().contains(text)) {
                // A name that got lost on its way here is told so, rather than looked for.
                UserName.of(text);
            }
            ConfigEdit edit = editor.removeUser(text);
            return done(editor, edit, "removed", text);
        });
    }

    @Command(
            name = "list",
            description = "Lists the users.",
            mixinStandardHelpOptions = true,
            versionProvider = ProgramVersion.class)
    int list(@Mixin CommonOptions common) {
        return run(common, editor -> {
            editor.userNames().forEach(name -> out(EscapedText.of(name)));
            return ExitCodes.DONE;
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
        return run(common, editor -> {
            UserName name = UserName.of(text);
            requireUser(editor, text);
            StoredVerifier stored = editor.verifier(text)
                    .orElseThrow(() -> new UserEditException(
                            ExitCodes.USAGE,
                            editor.file() + ": the user \"" + EscapedText.of(text)
                                    + "\" has no password; set one with passwd"));
            SrpVerifier verifier = SrpVerifier.ofHex(stored.saltHex(), stored.verifierHex());
            char[] password = new PasswordSource(terminal, passwordStdin).existing(text);
            try {
                if (verifier.matches(name, password)) {
                    out("the password is that of \"" + EscapedText.of(text) + "\"");
                    return ExitCodes.DONE;
                }
                throw new UserEditException(
                        ExitCodes.DOES_NOT_FIT,
                        "the password is not that of \"" + EscapedText.of(text) + "\"; try again");
            } finally {
                Arrays.fill(password, '\0');
            }
        });
    }

    /** What a command does with the file that it is about; returns the exit code. */
    private interface Action {
        int run(ConfigEditor editor) throws UserEditException, ConfigException, SrpException, IOException;
    }

    private int run(CommonOptions common, Action action) {
        Path target = target(common);
        try {
            return action.run(new ConfigEditor(target, clock));
        } catch (UserEditException e) {
            return failed(e.exitCode(), e.getMessage(), e, common);
        } catch (ConfigException | SrpException e) {
            return failed(ExitCodes.USAGE, e.getMessage(), e, common);
        } catch (IOException e) {
            return failed(ExitCodes.ERROR, target + ": " + reason(e), e, common);
        }
    }

    private Path target(CommonOptions common) {
        if (file.isPresent() && options.config().isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "The file is given twice: as '" + file.get() + "' and with --config");
        }
        return common.config().or(options::config).or(() -> file).orElse(DEFAULT_FILE);
    }

    private int failed(int exitCode, @Nullable String message, Exception failure, CommonOptions common) {
        spec.commandLine().getErr().println("useredit: " + message);
        if (common.debug() || options.debug()) {
            failure.printStackTrace(spec.commandLine().getErr());
        }
        spec.commandLine().getErr().flush();
        return exitCode;
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

    private static void requireUser(ConfigEditor editor, String name) throws ConfigException, UserEditException {
        if (!editor.userNames().contains(name)) {
            throw new UserEditException(
                    ExitCodes.USAGE,
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

    private int done(ConfigEditor editor, ConfigEdit edit, String what, UserName name) {
        return done(editor, edit, what, name.value());
    }

    private int done(ConfigEditor editor, ConfigEdit edit, String what, String name) {
        out(what + " \"" + EscapedText.of(name) + "\" in " + editor.file());
        edit.notes().forEach(this::out);
        return ExitCodes.DONE;
    }

    private void out(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
