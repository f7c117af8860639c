package org.sksync.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sksync.cli.service.ServiceException;
import org.sksync.cli.service.ServiceFiles;
import org.sksync.cli.service.ServicePlatform;
import org.sksync.cli.service.ServiceRole;
import org.sksync.cli.service.ServiceScope;
import org.sksync.cli.service.ServiceTask;
import org.sksync.config.ClientProfile;
import org.sksync.config.ConfigException;
import org.sksync.config.ServerSettings;
import org.sksync.config.SkSyncConfig;
import org.sksync.config.TlsFiles;

/** Makes of a configuration what a service is told: its words, its account, and the directories that it is given. */
final class ServiceSetup {

    private static final String ADMINISTRATORS = "BUILTIN\\Administrators";

    private final Machine machine;
    private final Path file;
    private final Terminal terminal;
    private final Path here = Path.of("").toAbsolutePath();
    private final List<Path> writable = new ArrayList<>();
    private final List<Path> readable = new ArrayList<>();
    private boolean namesRelativePaths;

    ServiceSetup(Machine machine, Path file, Terminal terminal) {
        this.machine = machine;
        this.file = file.toAbsolutePath().normalize();
        this.terminal = terminal;
    }

    ServiceTask task(SkSyncConfig config, List<String> watched, ServiceScope scope)
            throws CommandFailure, ConfigException, ServiceException {
        ProgramWords program = ProgramWords.of(machine.properties());
        String account = account(scope);
        Path place = parent(file);
        List<String> words = new ArrayList<>(program.words());
        if (watched.isEmpty()) {
            words.addAll(List.of("server", "-c", file.toString()));
            giveDaemon(config.server());
            readable.add(place);
        } else {
            words.add("watch");
            words.addAll(watched);
            words.addAll(List.of("-c", file.toString()));
            for (String name : watched) {
                giveClient(config.profile(name));
            }
            // The fingerprints of servers are kept beside it.
            writable.add(place);
        }
        if (scope == ServiceScope.SYSTEM) {
            writable.forEach(this::warnIfMissing);
        }
        Map<String, String> environment = environment(program);
        Optional<Path> state = watched.isEmpty() ? Optional.empty() : machine.stateOf(account);
        // Where this account's own runs lock folders, too; systemd may have no such variable, or another one.
        state.ifPresent(directory -> {
            writable.add(directory);
            environment.put("XDG_STATE_HOME", parent(directory).toString());
        });
        readable.addAll(program.places());
        Path directory = namesRelativePaths ? here : place;
        readable.add(directory);
        return new ServiceTask(
                watched.isEmpty() ? ServiceRole.DAEMON : ServiceRole.WATCH,
                scope,
                words,
                directory,
                account,
                machine.homeOf(account),
                writable,
                readable,
                environment,
                state);
    }

    private void giveDaemon(ServerSettings settings) {
        settings.allowedRoots().forEach(root -> writable.add(absolute(Path.of(root))));
        giveCertificates(settings.tls());
    }

    private void giveClient(ClientProfile profile) throws CommandFailure {
        if (profile.username().isPresent() && profile.password().isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    profile.name() + ": the password of user "
                            + profile.username().get()
                            + " is missing, and a service can't ask for it; set password in the configuration");
        }
        writable.add(absolute(profile.clientPath()));
        giveCertificates(profile.tls());
    }

    private void giveCertificates(TlsFiles tls) {
        Stream.of(tls.serverCertificate(), tls.serverKey(), tls.clientCertificate(), tls.clientKey())
                .flatMap(Optional::stream)
                .forEach(pem -> readable.add(parent(absolute(pem))));
    }

    private Path absolute(Path written) {
        namesRelativePaths |= !written.isAbsolute();
        return here.resolve(written).normalize();
    }

    private static Path parent(Path absolute) {
        Path parent = absolute.getParent();
        return parent == null ? absolute : parent;
    }

    private void warnIfMissing(Path directory) {
        if (!ServiceFiles.isDirectory(directory)) {
            terminal.warn(directory + " is not there; make it, and start the service anew then");
        }
    }

    /** The machine's service is nobody but the one who owns the configuration. */
    private String account(ServiceScope scope) throws CommandFailure, ServiceException {
        if (scope == ServiceScope.USER) {
            return machine.user();
        }
        String owner = ServiceFiles.owner(file);
        if (owner.equals(ADMINISTRATORS)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    file + " belongs to " + owner + " (expected: a user, whom the service is to run as); run: icacls \""
                            + file + "\" /setowner NAME");
        }
        if (owner.equals("root")) {
            terminal.warn("the service will run as root, because root owns " + file
                    + "; better give the file, and what it names, to a user of its own (chown) and install again");
        }
        return owner;
    }

    private Map<String, String> environment(ProgramWords program) throws CommandFailure {
        Map<String, String> environment = new LinkedHashMap<>();
        if (machine.platform() != ServicePlatform.TASK_SCHEDULER) {
            // A JVM on Linux without one can't name files beyond ASCII; macOS has no C.UTF-8.
            environment.put("LC_ALL", machine.platform() == ServicePlatform.LAUNCHD ? "en_US.UTF-8" : "C.UTF-8");
            program.javaHome().ifPresent(home -> environment.put("JAVA_HOME", home.toString()));
        }
        return environment;
    }
}
