package org.sksync.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.sksync.cli.service.CommandRunner;
import org.sksync.cli.service.ServicePlatform;
import org.sksync.cli.service.ServiceScope;
import org.sksync.cli.service.Services;
import org.sksync.cli.service.SystemCommands;

/**
 * The machine that services are installed on.
 *
 * @param properties those of this process
 * @param root the directory that all others lie in
 * @param environment the variables of this process, by name; null for one that is not set
 * @param runner what runs the system's commands
 */
record Machine(Properties properties, Path root, UnaryOperator<String> environment, CommandRunner runner) {

    private static final int PASSWD_FIELDS = 7;
    private static final int PASSWD_HOME = 5;

    /** Returns the one that this process runs on. */
    static Machine here() {
        return new Machine(System.getProperties(), Path.of("/"), System::getenv, new SystemCommands());
    }

    /** Returns how it keeps services. */
    ServicePlatform platform() throws CommandFailure {
        String system = properties.getProperty("os.name");
        return ServicePlatform.of(system)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.ERROR,
                        "services are known of Linux, macOS and Windows only, and this is " + system
                                + "; start sksync server from a script of the system's own"));
    }

    Services services() throws CommandFailure {
        return platform().at(root, home(), environment, runner);
    }

    /** Returns whose services a command is about that was not told. */
    ServiceScope usualScope() {
        return user().equals("root") ? ServiceScope.SYSTEM : ServiceScope.USER;
    }

    Path home() {
        return Path.of(properties.getProperty("user.home"));
    }

    /** Returns the home directory of an account; this process's own where the system does not tell. */
    Path homeOf(String account) throws CommandFailure {
        if (account.equals(user()) || platform() != ServicePlatform.SYSTEMD) {
            return home();
        }
        String[] fields =
                runner.run(List.of("getent", "passwd", account)).output().split(":", -1);
        return fields.length == PASSWD_FIELDS ? Path.of(fields[PASSWD_HOME]) : home();
    }

    /**
     * Returns the directory that an account's clients keep their locks in, where a service has to be told of it; as far as
     * this process can know the variables of another account, it has none.
     */
    Optional<Path> stateOf(String account) throws CommandFailure {
        if (platform() != ServicePlatform.SYSTEMD) {
            return Optional.empty();
        }
        Optional<String> own =
                Optional.ofNullable(environment.apply("XDG_STATE_HOME")).filter(value -> account.equals(user()));
        return StateDirectory.of(
                own.map(value -> Map.of("XDG_STATE_HOME", value)).orElse(Map.of()),
                properties.getProperty("os.name"),
                homeOf(account).toString());
    }

    /** Returns the name of the account that this process runs as. */
    String user() {
        Optional<String> domain = Optional.ofNullable(environment.apply("USERDOMAIN"));
        String name = properties.getProperty("user.name");
        return domain.filter(given -> properties.getProperty("os.name").startsWith("Windows"))
                .map(given -> given + "\\" + name)
                .orElse(name);
    }
}
