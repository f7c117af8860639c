package org.sksync.cli.service;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sksync.cli.service.CommandRunner.Ended;

/** Tasks of Windows' scheduler, which keeps their description itself and is asked by their names. */
final class ScheduledTasks implements ServiceKind {

    private static final String FOLDER = "\\SK Sync\\";
    private static final Pattern NEEDS_QUOTES = Pattern.compile("[\\s\"]|^$");
    private static final Pattern BACKSLASHES = Pattern.compile("(\\\\*)(\"|$)");

    /** A file without the byte order mark is taken to be in the system's own encoding. */
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private static final String TEXT = """
            <?xml version="1.0" encoding="UTF-16"?>
            <!-- %s -->
            <Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
              <RegistrationInfo>
                <Description>%s</Description>
              </RegistrationInfo>
              <Triggers>
            %s  </Triggers>
              <Principals>
                <Principal id="Author">
                  <UserId>%s</UserId>
                  <LogonType>%s</LogonType>
                  <RunLevel>LeastPrivilege</RunLevel>
                </Principal>
              </Principals>
              <Settings>
                <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
                <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
                <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
                <StartWhenAvailable>true</StartWhenAvailable>
                <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
                <RestartOnFailure>
                  <Interval>PT1M</Interval>
                  <Count>999</Count>
                </RestartOnFailure>
              </Settings>
              <Actions Context="Author">
                <Exec>
                  <Command>%s</Command>
                  <Arguments>%s</Arguments>
                  <WorkingDirectory>%s</WorkingDirectory>
                </Exec>
              </Actions>
            </Task>
            """;

    private final String schtasks;
    private final String powershell;

    /**
     * Creates the kind.
     *
     * @param windows the directory of the system, whose programs are named in full: a bare name is looked for in the
     *     current directory first, where it may be anybody's
     */
    ScheduledTasks(String windows) {
        this.schtasks = windows + "\\System32\\schtasks.exe";
        this.powershell = windows + "\\System32\\WindowsPowerShell\\v1.0\\powershell.exe";
    }

    /** None: a directory for the machine's services would lie where each user can make one first. */
    @Override
    public Optional<Path> file(ServiceRole role, ServiceScope scope) {
        return Optional.empty();
    }

    @Override
    public String place(ServiceRole role, ServiceScope scope) {
        return FOLDER + role.word() + (scope == ServiceScope.USER ? " of user" : "");
    }

    @Override
    public boolean knows(ServiceRole role, ServiceScope scope, CommandRunner runner) {
        return runner.run(List.of(schtasks, "/query", "/tn", place(role, scope)))
                .worked();
    }

    @Override
    public Charset charset() {
        return StandardCharsets.UTF_16LE;
    }

    @Override
    public String text(ServiceTask task) {
        String account = Xml.escaped(task.account());
        boolean system = task.scope() == ServiceScope.SYSTEM;
        String trigger = system
                ? "    <BootTrigger/>\n"
                : "    <LogonTrigger>\n      <UserId>" + account + "</UserId>\n    </LogonTrigger>\n";
        String program = task.command().get(0);
        String words =
                task.command().stream().skip(1).map(ScheduledTasks::quoted).collect(Collectors.joining(" "));
        return BYTE_ORDER_MARK
                + TEXT.formatted(
                        MARKER,
                        task.role().title(),
                        trigger,
                        account,
                        system ? "S4U" : "InteractiveToken",
                        // The other one opens a window.
                        Xml.escaped(
                                program.endsWith("\\java.exe") ? program.replace("java.exe", "javaw.exe") : program),
                        Xml.escaped(words),
                        Xml.escaped(task.directory().toString()));
    }

    @Override
    public Optional<String> obstacle(ServiceScope scope, CommandRunner runner) {
        return Optional.empty();
    }

    @Override
    public List<Step> start(ServiceTask task) {
        String name = place(task.role(), task.scope());
        return List.of(
                Step.Run.ifPossible(schtasks, "/end", "/tn", name),
                new Step.RunWithFile(
                        List.of(schtasks, "/create", "/tn", name, "/xml", Step.RunWithFile.FILE, "/f"), text(task)),
                Step.Run.of(schtasks, "/run", "/tn", name));
    }

    @Override
    public List<Step> stop(ServiceRole role, ServiceScope scope) {
        return List.of(
                Step.Run.ifPossible(schtasks, "/end", "/tn", place(role, scope)),
                Step.Run.of(schtasks, "/delete", "/tn", place(role, scope), "/f"));
    }

    @Override
    public List<Step> forget(ServiceScope scope) {
        return List.of();
    }

    @Override
    public boolean startsByItself(ServiceRole role, ServiceScope scope, CommandRunner runner) {
        return List.of("Ready", "Running", "Queued").contains(state(role, scope, runner));
    }

    @Override
    public boolean runs(ServiceRole role, ServiceScope scope, CommandRunner runner) {
        return state(role, scope, runner).equals("Running");
    }

    /** Returns the state by the word that PowerShell has for it; that of schtasks is in the user's language. */
    private String state(ServiceRole role, ServiceScope scope, CommandRunner runner) {
        String task = place(role, scope).substring(FOLDER.length());
        Ended asked = runner.run(List.of(
                powershell,
                "-NoProfile",
                "-NonInteractive",
                "-Command",
                "(Get-ScheduledTask -TaskPath '" + FOLDER + "' -TaskName '" + task + "').State"));
        return asked.worked() ? asked.output() : "";
    }

    @Override
    public List<String> advice(ServiceTask task) {
        return List.of(
                "it has no window and no log; to see what it says, run its command in a window of your own",
                "Windows' firewall asks once whether it may be reached; allow it for private networks");
    }

    /** Returns a word as a program of Windows takes it apart: backslashes count only before quotes. */
    private static String quoted(String word) {
        return NEEDS_QUOTES.matcher(word).find()
                ? "\"" + BACKSLASHES.matcher(word).replaceAll(match -> quotedEnd(match.group(1), match.group(2))) + "\""
                : word;
    }

    private static String quotedEnd(String backslashes, String quote) {
        // In a replacement, each backslash stands for the one behind it.
        return "\\\\".repeat(2 * backslashes.length()) + (quote.isEmpty() ? "" : "\\\\\"");
    }
}
