package org.sksync.cli.service;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sksync.cli.service.CommandRunner.Ended;

/** Property lists of launchd: daemons of the machine and agents of a user. */
final class LaunchdAgents implements ServiceInFile {

    private static final String TEXT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- %s -->
            <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
            <plist version="1.0">
            <dict>
                <key>Label</key>
                <string>%s</string>
            %s    <key>ProgramArguments</key>
                <array>
            %s    </array>
                <key>WorkingDirectory</key>
                <string>%s</string>
                <key>EnvironmentVariables</key>
                <dict>
            %s    </dict>
                <key>RunAtLoad</key>
                <true/>
                <key>KeepAlive</key>
                <dict>
                    <key>SuccessfulExit</key>
                    <false/>
                </dict>
                <key>ExitTimeOut</key>
                <integer>20</integer>
                <key>ProcessType</key>
                <string>Background</string>
                <key>SoftResourceLimits</key>
                <dict>
                    <key>NumberOfFiles</key>
                    <integer>10240</integer>
                </dict>
                <key>StandardOutPath</key>
                <string>%s</string>
                <key>StandardErrorPath</key>
                <string>%7$s</string>
                <key>Umask</key>
                <integer>63</integer>
            </dict>
            </plist>
            """;

    private final Path systemDirectory;
    private final Path userDirectory;
    private final Optional<Integer> userNumber;

    /**
     * Creates the kind.
     *
     * @param userNumber the number of the user's account
     */
    LaunchdAgents(Path systemDirectory, Path userDirectory, Optional<Integer> userNumber) {
        this.systemDirectory = systemDirectory;
        this.userDirectory = userDirectory;
        this.userNumber = userNumber;
    }

    @Override
    public String fileName(ServiceRole role) {
        return label(role) + ".plist";
    }

    @Override
    public Path directory(ServiceScope scope) {
        return scope == ServiceScope.SYSTEM ? systemDirectory : userDirectory;
    }

    @Override
    public String text(ServiceTask task) {
        String account = task.scope() == ServiceScope.SYSTEM
                ? "    <key>UserName</key>\n    " + string(task.account()) + "\n"
                : "";
        String words = task.command().stream()
                .map(word -> "        " + string(word) + "\n")
                .collect(Collectors.joining());
        String environment = task.environment().entrySet().stream()
                .map(entry -> "        <key>" + Xml.escaped(entry.getKey()) + "</key>\n        "
                        + string(entry.getValue()) + "\n")
                .collect(Collectors.joining());
        return TEXT.formatted(
                MARKER,
                label(task.role()),
                account,
                words,
                Xml.escaped(task.directory().toString()),
                environment,
                Xml.escaped(log(task).toString()));
    }

    @Override
    public Optional<String> obstacle(ServiceScope scope, CommandRunner runner) {
        return Optional.empty();
    }

    @Override
    public List<Step> start(ServiceTask task) {
        ServiceRole role = task.role();
        ServiceScope scope = task.scope();
        return List.of(
                Step.Run.ifPossible("launchctl", "bootout", target(role, scope)),
                Step.Run.of("launchctl", "enable", target(role, scope)),
                Step.Run.of("launchctl", "bootstrap", domain(scope), place(role, scope)));
    }

    @Override
    public List<Step> stop(ServiceRole role, ServiceScope scope) {
        return List.of(Step.Run.ifPossible("launchctl", "bootout", target(role, scope)));
    }

    @Override
    public List<Step> forget(ServiceScope scope) {
        return List.of();
    }

    @Override
    public boolean startsByItself(ServiceRole role, ServiceScope scope, CommandRunner runner) {
        return runner.run(List.of("launchctl", "print", target(role, scope))).worked();
    }

    @Override
    public boolean runs(ServiceRole role, ServiceScope scope, CommandRunner runner) {
        Ended asked = runner.run(List.of("launchctl", "print", target(role, scope)));
        return asked.worked() && asked.output().lines().map(String::strip).anyMatch("state = running"::equals);
    }

    @Override
    public List<String> advice(ServiceTask task) {
        return List.of(
                "what it says: " + log(task),
                "macOS asks once whether it may read directories such as Documents; in the background it can't ask, so"
                        + " allow them in System Settings, Privacy & Security, Full Disk Access");
    }

    private static Path log(ServiceTask task) {
        Path logs = task.scope() == ServiceScope.SYSTEM
                ? Path.of("/Library/Logs")
                : task.home().resolve("Library/Logs");
        return logs.resolve(task.role().serviceName() + ".log");
    }

    private static String label(ServiceRole role) {
        return "org.sksync." + role.word();
    }

    private String domain(ServiceScope scope) {
        return scope == ServiceScope.SYSTEM
                ? "system"
                : "gui/" + userNumber.map(String::valueOf).orElse("0");
    }

    private String target(ServiceRole role, ServiceScope scope) {
        return domain(scope) + "/" + label(role);
    }

    private static String string(String text) {
        return "<string>" + Xml.escaped(text) + "</string>";
    }
}
