package org.sksync.cli.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.cli.service.Services.Existing;

/** Installing, asking and removing, in a directory that stands for the machine's root. */
@DisabledOnOs(OS.WINDOWS)
class ServicesTest {

    @TempDir
    Path root;

    private final RecordedCommands commands = new RecordedCommands();
    private Services services;
    private Path unit;

    @BeforeEach
    void aMachine() {
        services = on(ServicePlatform.SYSTEMD);
        unit = root.resolve("etc/systemd/system/sksync.service");
    }

    private Services on(ServicePlatform platform) {
        return platform.at(root, root.resolve("home"), name -> null, commands);
    }

    private List<String> carriedOut(List<Step> steps) throws ServiceException {
        List<String> told = new ArrayList<>();
        services.carryOut(steps, ServiceScope.SYSTEM, step -> told.add(step.words()));
        return told;
    }

    private void install() throws ServiceException {
        carriedOut(services.install(Tasks.daemonOfTheMachine(), Existing.KEPT));
    }

    @Test
    void tellsEachStepAndTakesIt() throws Exception {
        List<String> told = carriedOut(services.install(Tasks.daemonOfTheMachine(), Existing.KEPT));

        assertThat(told)
                .containsExactly(
                        "write " + unit,
                        "run systemctl daemon-reload",
                        "run systemctl enable sksync.service",
                        "run systemctl restart sksync.service");
        assertThat(unit).content().startsWith("# " + ServiceKind.MARKER);
        assertThat(commands.run())
                .containsExactly(
                        "systemctl is-system-running",
                        "systemctl daemon-reload",
                        "systemctl enable sksync.service",
                        "systemctl restart sksync.service");
    }

    @Test
    void writesAFileThatEverybodyMayReadAndItsOwnerWrite() throws Exception {
        install();

        assertThat(Files.getPosixFilePermissions(unit)).isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
    }

    @Test
    void doesNothingWhereStepsAreOnlyAskedFor() throws Exception {
        services.install(Tasks.daemonOfTheMachine(), Existing.KEPT);

        assertThat(root).isEmptyDirectory();
        assertThat(commands.run()).isEmpty();
    }

    @Test
    void startsAnewWithoutWritingWhatIsThereAlready() throws Exception {
        install();

        assertThat(services.install(Tasks.daemonOfTheMachine(), Existing.KEPT))
                .allMatch(step -> step instanceof Step.Run);
    }

    @Test
    void refusesAFileThatDiffersAndTellsTheDifference() throws Exception {
        install();
        Files.writeString(unit, Files.readString(unit).replace("User=me", "User=you"));

        assertThatThrownBy(() -> services.install(Tasks.daemonOfTheMachine(), Existing.KEPT))
                .isInstanceOf(ServiceException.class)
                .hasMessage(
                        unit + " is there already and differs: it has \"User=you\" where the new one has \"User=me\";"
                                + " --force replaces it, remove removes it");
    }

    @Test
    void refusesAFileOfSomebodyElse() throws Exception {
        Files.createDirectories(unit.getParent());
        Files.writeString(unit, "[Service]\n");

        assertThatThrownBy(() -> services.install(Tasks.daemonOfTheMachine(), Existing.KEPT))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("was not written by sksync service install");
        assertThatThrownBy(() -> services.remove(ServiceRole.DAEMON, ServiceScope.SYSTEM))
                .isInstanceOf(ServiceException.class)
                .hasMessageEndingWith("remove it by hand");
        assertThat(unit).hasContent("[Service]");
    }

    @Test
    void replacesAFileThatDiffersWhenTold() throws Exception {
        Files.createDirectories(unit.getParent());
        Files.writeString(unit, "[Service]\n");

        carriedOut(services.install(Tasks.daemonOfTheMachine(), Existing.REPLACED));

        assertThat(unit).content().startsWith("# " + ServiceKind.MARKER);
    }

    @Test
    void removesWhatItHasInstalled() throws Exception {
        install();

        List<String> told = carriedOut(services.remove(ServiceRole.DAEMON, ServiceScope.SYSTEM));

        assertThat(told)
                .containsExactly(
                        "run systemctl disable --now sksync.service", "remove " + unit, "run systemctl daemon-reload");
        assertThat(unit).doesNotExist();
    }

    @Test
    void removesNothingWhereNothingIsInstalled() throws Exception {
        install();

        assertThat(services.remove(ServiceRole.WATCH, ServiceScope.SYSTEM)).isEmpty();
        assertThat(services.remove(ServiceRole.DAEMON, ServiceScope.USER)).isEmpty();
    }

    @Test
    void removesAServiceThatTheSystemHasForgotten() throws Exception {
        install();
        commands.answer("systemctl disable --now sksync.service", 1, "Unit file does not exist");

        carriedOut(services.remove(ServiceRole.DAEMON, ServiceScope.SYSTEM));

        assertThat(unit).doesNotExist();
    }

    @Test
    void writesNothingWhereSystemdDoesNotRun() throws Exception {
        commands.answer("systemctl is-system-running", 1, "offline");

        assertThatThrownBy(this::install)
                .isInstanceOf(ServiceException.class)
                .hasMessage("systemd is not there to be asked (offline); this system was not started by it");
        assertThat(unit).doesNotExist();
    }

    @Test
    void writesNothingWhereThereIsNoSystemd() throws Exception {
        commands.answer("systemctl is-system-running", 127, "");

        assertThatThrownBy(this::install)
                .isInstanceOf(ServiceException.class)
                .hasMessageStartingWith("there is no systemctl");
        assertThat(unit).doesNotExist();
    }

    @Test
    void installsOnASystemWhereAnotherServiceHasFailed() throws Exception {
        commands.answer("systemctl is-system-running", 1, "degraded");

        install();

        assertThat(unit).exists();
    }

    @Test
    void saysWhichCommandFailedAndWhatItSaid() {
        commands.answer("systemctl restart sksync.service", 1, "Job for sksync.service failed.");

        assertThatThrownBy(this::install)
                .isInstanceOf(ServiceException.class)
                .hasMessage("\"systemctl restart sksync.service\" ended with 1: Job for sksync.service failed.");
    }

    @Test
    void tellsHowAServiceDoes() throws Exception {
        install();
        commands.answer("systemctl is-active sksync.service", 3, "failed");

        assertThat(services.state(ServiceRole.DAEMON, ServiceScope.SYSTEM).map(ServiceState::words))
                .contains("the machine's daemon: installed (" + unit + "), starts with the machine, not running");
        assertThat(services.state(ServiceRole.WATCH, ServiceScope.SYSTEM)).isEmpty();
    }

    @Test
    void refusesANameThatNoServiceFileCanHold() {
        ServiceTask task = new ServiceTask(
                ServiceRole.DAEMON,
                ServiceScope.SYSTEM,
                List.of("/usr/bin/sksync", "server", "-c", "/etc/a\nUser=root"),
                Path.of("/etc"),
                "me",
                Path.of("/home/me"),
                List.of(),
                List.of(),
                Map.of(),
                Optional.empty());

        assertThatThrownBy(() -> services.install(task, Existing.KEPT))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("control character");
    }

    @Test
    void usesLaunchdOnMacs() throws Exception {
        services = on(ServicePlatform.LAUNCHD);
        Path plist = root.resolve("Library/LaunchDaemons/org.sksync.daemon.plist");

        install();

        assertThat(plist).exists();
        assertThat(commands.run())
                .containsExactly(
                        "launchctl bootout system/org.sksync.daemon",
                        "launchctl enable system/org.sksync.daemon",
                        "launchctl bootstrap system " + plist);
        commands.answer("launchctl print system/org.sksync.daemon", 0, "{\n\tstate = running\n}");
        assertThat(services.state(ServiceRole.DAEMON, ServiceScope.SYSTEM).map(ServiceState::runs))
                .contains(true);
        carriedOut(services.remove(ServiceRole.DAEMON, ServiceScope.SYSTEM));
        assertThat(plist).doesNotExist();
    }

    @Test
    void makesTheDirectoryOfLocksAsTheAccountBeforeItsServiceStarts() throws Exception {
        carriedOut(services.install(Tasks.watchOfTheMachine("/home/me"), Existing.KEPT));

        assertThat(commands.run())
                .containsSubsequence(
                        "runuser -u me -- mkdir -p -m 0700 -- /home/me/.local/state/sksync",
                        "systemctl restart sksync-watch.service");
        assertThat(unit.resolveSibling("sksync-watch.service"))
                .content()
                .contains("Environment=\"XDG_STATE_HOME=/home/me/.local/state\"\n");
    }

    @Test
    void usesTheTaskSchedulerOnWindowsByItsOwnPrograms() throws Exception {
        services = on(ServicePlatform.TASK_SCHEDULER);
        String schtasks = "C:\\Windows\\System32\\schtasks.exe ";
        String task = "/tn \\SK Sync\\daemon";
        commands.answer(schtasks + "/query " + task, 1, "ERROR: The system cannot find the file specified.");
        assertThat(services.state(ServiceRole.DAEMON, ServiceScope.SYSTEM)).isEmpty();
        assertThat(services.remove(ServiceRole.DAEMON, ServiceScope.SYSTEM)).isEmpty();

        List<String> told = carriedOut(services.install(Tasks.daemonOfTheMachine(), Existing.KEPT));

        assertThat(told)
                .containsExactly(
                        "run " + schtasks + "/end " + task,
                        "run " + schtasks + "/create " + task + " /xml FILE /f",
                        "run " + schtasks + "/run " + task);
        commands.answer(schtasks + "/query " + task, 0, "");
        commands.answer(
                "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe -NoProfile -NonInteractive -Command"
                        + " (Get-ScheduledTask -TaskPath '\\SK Sync\\' -TaskName 'daemon').State",
                0,
                "Running");
        assertThat(services.state(ServiceRole.DAEMON, ServiceScope.SYSTEM).map(ServiceState::words))
                .contains("the machine's daemon: installed (\\SK Sync\\daemon), starts with the machine, running");
        assertThatThrownBy(() -> services.install(Tasks.daemonOfTheMachine(), Existing.KEPT))
                .isInstanceOf(ServiceException.class)
                .hasMessage("\\SK Sync\\daemon is there already; --force replaces it, remove removes it");
        assertThat(carriedOut(services.remove(ServiceRole.DAEMON, ServiceScope.SYSTEM)))
                .containsExactly("run " + schtasks + "/end " + task, "run " + schtasks + "/delete " + task + " /f");
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void handsATaskToWindowsInAFileThatIsItsOwnersAloneAndGoesAtOnce() throws Exception {
        List<Path> files = new ArrayList<>();
        CommandRunner reading = words -> {
            if (words.contains("/query")) {
                return new CommandRunner.Ended(1, "");
            }
            if (words.contains("/create")) {
                Path file = Path.of(words.get(words.indexOf("/xml") + 1));
                files.add(file);
                assertThat(file).content(StandardCharsets.UTF_16LE).contains(ServiceKind.MARKER);
                assertThat(owners(file.getParent())).isEqualTo("rwx------");
                return new CommandRunner.Ended(1, "refused");
            }
            return new CommandRunner.Ended(0, "");
        };
        services = ServicePlatform.TASK_SCHEDULER.at(root, root, name -> "D:\\Win", reading);

        assertThatThrownBy(this::install).isInstanceOf(ServiceException.class).hasMessageContaining("refused");

        assertThat(files).singleElement().satisfies(file -> {
            assertThat(file).doesNotExist();
            assertThat(file.getParent()).doesNotExist();
        });
    }

    private static String owners(Path directory) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void knowsTheSystemByTheNameThatJavaHasForIt() {
        assertThat(ServicePlatform.of("Linux")).contains(ServicePlatform.SYSTEMD);
        assertThat(ServicePlatform.of("Mac OS X")).contains(ServicePlatform.LAUNCHD);
        assertThat(ServicePlatform.of("Windows 11")).contains(ServicePlatform.TASK_SCHEDULER);
        assertThat(ServicePlatform.of("FreeBSD")).isEqualTo(Optional.empty());
    }
}
