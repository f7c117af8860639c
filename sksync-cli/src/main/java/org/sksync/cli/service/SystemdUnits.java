package org.sksync.cli.service;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sksync.cli.service.CommandRunner.Ended;

/**
 * Units of systemd. A unit of the machine sees the system without being able to change it, and of all homes only the
 * directories that it is there for; one of a user has what a user may ask for without more rights.
 */
final class SystemdUnits implements ServiceInFile {

    private static final Set<String> OUT_OF_ORDER = Set.of("offline", "unknown", "");

    /** What {@code ProtectHome=} and {@code PrivateTmp=} hide. */
    private static final List<Path> HIDDEN =
            List.of(Path.of("/home"), Path.of("/root"), Path.of("/run/user"), Path.of("/tmp"), Path.of("/var/tmp"));

    /** What holds for both: no new rights, no exotic sockets and system calls, nothing for others to read. */
    private static final String ANYWHERE = """
            UMask=0077
            LimitNOFILE=65536
            NoNewPrivileges=yes
            LockPersonality=yes
            RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
            RestrictNamespaces=yes
            RestrictRealtime=yes
            RestrictSUIDSGID=yes
            SystemCallArchitectures=native
            SystemCallFilter=@system-service
            SystemCallFilter=~@privileged @resources
            SystemCallErrorNumber=EPERM
            """;

    /** What only the machine's systemd can do. No MemoryDenyWriteExecute: Java makes code while it runs. */
    private static final String MACHINE = """
            AmbientCapabilities=
            CapabilityBoundingSet=
            KeyringMode=private
            PrivateDevices=yes
            PrivateMounts=yes
            PrivateTmp=yes
            ProtectClock=yes
            ProtectControlGroups=yes
            ProtectHome=tmpfs
            ProtectHostname=yes
            ProtectKernelLogs=yes
            ProtectKernelModules=yes
            ProtectKernelTunables=yes
            ProtectProc=invisible
            ProtectSystem=strict
            RemoveIPC=yes
            """;

    private final Path systemDirectory;
    private final Path userDirectory;

    SystemdUnits(Path systemDirectory, Path userDirectory) {
        this.systemDirectory = systemDirectory;
        this.userDirectory = userDirectory;
    }

    @Override
    public String fileName(ServiceRole role) {
        return unit(role);
    }

    @Override
    public Path directory(ServiceScope scope) {
        return scope == ServiceScope.SYSTEM ? systemDirectory : userDirectory;
    }

    @Override
    public String text(ServiceTask task) {
        boolean system = task.scope() == ServiceScope.SYSTEM;
        StringBuilder unit = new StringBuilder("# " + MARKER + ". Its own changes go into a drop-in: systemctl "
                + (system ? "" : "--user ") + "edit " + unit(task.role()) + "\n");
        unit.append("[Unit]\nDescription=").append(task.role().title()).append('\n');
        if (system) {
            unit.append("Wants=network-online.target\nAfter=network-online.target remote-fs.target\n");
        }
        unit.append("\n[Service]\nType=exec\n");
        if (system) {
            unit.append("User=").append(plain(task.account())).append('\n');
        }
        task.environment().forEach((name, value) -> unit.append("Environment=")
                .append(quoted(name + "=" + value))
                .append('\n'));
        unit.append("WorkingDirectory=").append(working(task.directory())).append('\n');
        unit.append("ExecStart=").append(command(task.command())).append('\n');
        if (task.role() == ServiceRole.DAEMON) {
            unit.append("ExecReload=/bin/kill -HUP $MAINPID\n");
        }
        unit.append("SuccessExitStatus=143\nRestart=on-failure\nRestartSec=5\n\n");
        unit.append(ANYWHERE);
        if (system) {
            unit.append(MACHINE);
            if (task.role() == ServiceRole.DAEMON) {
                // Where sksync status finds it.
                unit.append("RuntimeDirectory=sksync\n");
            }
            append(task, unit);
        }
        unit.append("\n[Install]\nWantedBy=")
                .append(system ? "multi-user.target" : "default.target")
                .append('\n');
        return unit.toString();
    }

    /** Appends the directories that the service is given; one that is missing does not keep it from starting. */
    private static void append(ServiceTask task, StringBuilder unit) {
        for (Path each : task.writable()) {
            if (Directories.within(each, HIDDEN)) {
                unit.append("BindPaths=").append(mounted(each)).append('\n');
            }
            unit.append("ReadWritePaths=").append(quoted("-" + each)).append('\n');
        }
        for (Path each : task.readable()) {
            if (Directories.within(each, HIDDEN) && !Directories.within(each, task.writable())) {
                unit.append("BindReadOnlyPaths=").append(mounted(each)).append('\n');
            }
        }
    }

    @Override
    public Optional<String> obstacle(ServiceScope scope, CommandRunner runner) {
        Ended asked = runner.run(words(scope, "is-system-running"));
        String state =
                asked.output().lines().reduce("", (earlier, line) -> line).strip();
        if (asked.exitCode() == 127) {
            return Optional.of("there is no systemctl: this system is not run by systemd; --dry-run shows what a unit"
                    + " would hold, for your own start-up script");
        }
        if (!asked.worked() && (OUT_OF_ORDER.contains(state) || state.contains(" "))) {
            return Optional.of("systemd is not there to be asked (" + (state.isEmpty() ? "no answer" : state) + ")"
                    + (scope == ServiceScope.USER
                            ? "; log in as the user whose service it is, or use --system"
                            : "; this system was not started by it"));
        }
        return Optional.empty();
    }

    @Override
    public List<Step> start(ServiceTask task) {
        List<Step> steps = new ArrayList<>();
        if (task.scope() == ServiceScope.SYSTEM) {
            // As the account itself: whoever owns the directories above could lead the administrator elsewhere.
            task.state()
                    .ifPresent(state -> steps.add(Step.Run.of(
                            "runuser",
                            "-u",
                            task.account(),
                            "--",
                            "mkdir",
                            "-p",
                            "-m",
                            "0700",
                            "--",
                            state.toString())));
        }
        String unit = unit(task.role());
        steps.add(new Step.Run(words(task.scope(), "daemon-reload"), false));
        steps.add(new Step.Run(words(task.scope(), "enable", unit), false));
        steps.add(new Step.Run(words(task.scope(), "restart", unit), false));
        return steps;
    }

    @Override
    public List<Step> stop(ServiceRole role, ServiceScope scope) {
        return List.of(new Step.Run(words(scope, "disable", "--now", unit(role)), true));
    }

    @Override
    public List<Step> forget(ServiceScope scope) {
        return List.of(new Step.Run(words(scope, "daemon-reload"), true));
    }

    @Override
    public boolean startsByItself(ServiceRole role, ServiceScope scope, CommandRunner runner) {
        return runner.run(words(scope, "is-enabled", unit(role))).worked();
    }

    @Override
    public boolean runs(ServiceRole role, ServiceScope scope, CommandRunner runner) {
        return runner.run(words(scope, "is-active", unit(role))).worked();
    }

    @Override
    public List<String> advice(ServiceTask task) {
        List<String> advice = new ArrayList<>();
        String journal = "journalctl " + (task.scope() == ServiceScope.USER ? "--user " : "") + "-u ";
        advice.add("what it says: " + journal + unit(task.role()));
        if (task.scope() == ServiceScope.USER) {
            advice.add("it runs while you are logged in; to let it run always: loginctl enable-linger");
        } else {
            advice.add("it can use no directories but those that the configuration names now; after a change of them:"
                    + " sksync service install --force");
        }
        return advice;
    }

    private static String unit(ServiceRole role) {
        return role.serviceName() + ".service";
    }

    private static List<String> words(ServiceScope scope, String... words) {
        List<String> all = new ArrayList<>(List.of("systemctl"));
        if (scope == ServiceScope.USER) {
            all.add("--" + scope.name().toLowerCase(Locale.ROOT));
        }
        all.addAll(List.of(words));
        return all;
    }

    /** Returns a command line; the colon keeps dollar signs from being variables. */
    private static String command(List<String> words) {
        return ":" + words.stream().map(SystemdUnits::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String text) {
        return "\"" + plain(text).replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /** Returns a directory to be mounted, if it is there; a bare colon would part it from its place. */
    private static String mounted(Path directory) {
        return quoted("-" + directory).replace(":", "\\:");
    }

    /** Returns where a service runs, which can't be quoted: a last backslash would swallow the next line. */
    private static String working(Path directory) {
        String path = plain(directory.toString());
        return path.endsWith("\\") || path.endsWith(" ") ? path + "/" : path;
    }

    /** Returns text in which a percent sign is one. */
    private static String plain(String text) {
        return text.replace("%", "%%");
    }
}
