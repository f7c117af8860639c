package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(OS.WINDOWS)
class ProgramWordsTest {

    private final Properties properties = new Properties();

    ProgramWordsTest() {
        properties.setProperty("os.name", "Linux");
        properties.setProperty("path.separator", ":");
        properties.setProperty("java.home", "/opt/jdk");
        properties.setProperty("java.class.path", "/opt/sksync/sksync.jar");
    }

    @Test
    void areTheLauncherThatStartedTheProgram() {
        properties.setProperty("sksync.launcher", "/opt/sksync/sksync");

        assertThat(ProgramWords.of(properties))
                .isEqualTo(new ProgramWords(
                        List.of("/opt/sksync/sksync"),
                        List.of(Path.of("/opt/sksync"), Path.of("/opt/jdk")),
                        Optional.of(Path.of("/opt/jdk"))));
    }

    @Test
    void areTheLauncherAloneWhereItBringsItsJavaAlong() {
        properties.setProperty("sksync.launcher", "/usr/lib/sksync/sksync");
        properties.setProperty("java.home", "/usr/lib/sksync/runtime");

        assertThat(ProgramWords.of(properties))
                .isEqualTo(new ProgramWords(
                        List.of("/usr/lib/sksync/sksync"), List.of(Path.of("/usr/lib/sksync")), Optional.empty()));
    }

    @Test
    void areJavaAndTheJarWithoutALauncher() {
        assertThat(ProgramWords.of(properties))
                .isEqualTo(new ProgramWords(
                        List.of("/opt/jdk/bin/java", "-cp", "/opt/sksync/sksync.jar", "org.sksync.cli.Main"),
                        List.of(Path.of("/opt/jdk"), Path.of("/opt/sksync")),
                        Optional.empty()));
    }
}
