package org.sksync.cli.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.cli.service.CommandRunner.Ended;
import org.w3c.dom.Document;

/** What is written for each system, compared with files that were looked at. */
@DisabledOnOs(OS.WINDOWS)
class ServiceTextTest {

    private static final Path PLACE = Path.of("/somewhere");
    private static final SystemdUnits SYSTEMD = new SystemdUnits(PLACE, PLACE);
    private static final LaunchdAgents LAUNCHD = new LaunchdAgents(PLACE, PLACE, Optional.of(501));
    private static final ScheduledTasks WINDOWS = new ScheduledTasks("C:\\Windows");

    @TempDir
    Path here;

    static Stream<Arguments> goldenFiles() {
        return Stream.of(
                Arguments.of("daemon-of-the-machine.service", SYSTEMD, Tasks.daemonOfTheMachine()),
                Arguments.of("watch-of-a-user.service", SYSTEMD, Tasks.watchOfAUser()),
                Arguments.of("daemon-of-the-machine.plist", LAUNCHD, Tasks.daemonOfTheMachine()),
                Arguments.of("watch-of-a-user.plist", LAUNCHD, Tasks.watchOfAUser()),
                Arguments.of("daemon-of-the-machine.xml", WINDOWS, Tasks.onWindows(ServiceScope.SYSTEM)),
                Arguments.of("daemon-of-a-user.xml", WINDOWS, Tasks.onWindows(ServiceScope.USER)));
    }

    @ParameterizedTest
    @MethodSource("goldenFiles")
    void writesWhatTheGoldenFileHolds(String golden, ServiceKind kind, ServiceTask task) throws Exception {
        try (InputStream expected = ServiceTextTest.class.getResourceAsStream(golden)) {
            assertThat(kind.text(task).replace("\ufeff", "")).isEqualTo(new String(expected.readAllBytes(), UTF_8));
        }
    }

    private static Document parsed(String text, Charset charset) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        DocumentBuilder builder = factory.newDocumentBuilder();
        return builder.parse(new ByteArrayInputStream(text.getBytes(charset)));
    }

    @Test
    void writesXmlThatHoldsTheWordsAsTheyAre() throws Exception {
        Document plist = parsed(LAUNCHD.text(Tasks.daemonOfTheMachine()), LAUNCHD.charset());

        assertThat(plist.getElementsByTagName("array").item(0).getTextContent())
                .contains("/home/me/" + Tasks.WILD + "/sksync.json");
    }

    @Test
    void writesATaskInTheEncodingThatItClaims() throws Exception {
        Document task = parsed(WINDOWS.text(Tasks.onWindows(ServiceScope.USER)), WINDOWS.charset());

        assertThat(task.getElementsByTagName("UserId").item(0).getTextContent()).isEqualTo("DESK\\J\u00f6rg");
    }

    @Test
    void quotesWordsAsAProgramOfWindowsReadsThem() throws Exception {
        Document task = parsed(WINDOWS.text(Tasks.onWindows(ServiceScope.USER)), WINDOWS.charset());

        assertThat(task.getElementsByTagName("Arguments").item(0).getTextContent())
                .isEqualTo("-cp \"C:\\sk sync\\sksync.jar\" org.sksync.cli.Main server -c"
                        + " \"C:\\Users\\J\u00f6rg & Co\\a \\\"b\\\\\"");
    }

    private Ended analyze(String... words) throws Exception {
        return analyze(Tasks.daemonOfTheMachine(), words);
    }

    private Ended analyze(ServiceTask task, String... words) throws Exception {
        Files.writeString(here.resolve("sksync.service"), SYSTEMD.text(task));
        List<String> command =
                Stream.concat(Stream.of("systemd-analyze"), Stream.of(words)).toList();
        return new SystemCommands().run(command);
    }

    @Test
    void isExposedLessThanSystemdCallsMedium() throws Exception {
        Ended ended = analyze(
                "security", "--offline=true", here.resolve("sksync.service").toString());
        assumeThat(ended.exitCode()).as("systemd-analyze 250 or later is here").isZero();

        Matcher overall = Pattern.compile("exposure level for sksync\\.service: (\\d+\\.\\d+)")
                .matcher(ended.output());
        assertThat(overall.find()).isTrue();
        assertThat(Double.parseDouble(overall.group(1))).isLessThan(3.0);
    }

    @Test
    void usesNoKeyThatSystemdDoesNotKnow() throws Exception {
        Ended ended =
                analyze("verify", "--man=no", here.resolve("sksync.service").toString());
        assumeThat(ended.exitCode()).as("systemd-analyze is here").isNotEqualTo(127);

        assertThat(ended.output()).doesNotContain("Unknown", "ignoring", "Failed to parse");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/home/me/a\\", "/home/me/a ", "/home/me/a:b", "/home/me/a b"})
    void keepsADirectoryOnItsLineAndWhole(String directory) throws Exception {
        ServiceTask task = Tasks.watchOfTheMachine(directory);
        assertThat(SYSTEMD.text(task).lines())
                .filteredOn(line -> line.startsWith("WorkingDirectory="))
                .singleElement(STRING)
                .startsWith("WorkingDirectory=" + directory)
                .matches(".*[^\\\\ ]");
        assertThat(SYSTEMD.text(task)).contains("BindPaths=\"-/home/me/at 10\\:30\"\n");

        Ended ended = analyze(
                task, "verify", "--man=no", here.resolve("sksync.service").toString());
        assumeThat(ended.exitCode()).as("systemd-analyze is here").isNotEqualTo(127);
        assertThat(ended.output()).doesNotContain("ignoring", "not absolute", "fatal error", "Failed to parse");
    }

    @Test
    void givesNoDirectoryWithinAnotherOne() {
        assertThat(SYSTEMD.text(Tasks.daemonOfTheMachine()))
                .contains("\"-/srv/books\"")
                .doesNotContain("old");
    }

    @Test
    void givesAServiceNothingOfAHomeThatItNeedsNot() {
        ServiceTask elsewhere = new ServiceTask(
                ServiceRole.DAEMON,
                ServiceScope.SYSTEM,
                List.of("/usr/bin/sksync", "server", "-c", "/etc/sksync/sksync.json"),
                Path.of("/etc/sksync"),
                "me",
                Path.of("/home/me"),
                List.of(Path.of("/srv/books"), Path.of("/etc/sksync")),
                List.of(Path.of("/usr/bin")),
                Map.of(),
                Optional.empty());

        assertThat(SYSTEMD.text(elsewhere)).contains("ProtectHome=tmpfs\n").doesNotContain("BindPaths", "/home");
    }
}
