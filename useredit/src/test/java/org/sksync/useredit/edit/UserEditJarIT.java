package org.sksync.useredit.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.testkit.JavaProgram;
import org.sksync.testkit.JavaProgram.Stream;

/** The program as users have it: one jar, started in a directory. */
class UserEditJarIT {

    private static final Path JAR = Path.of(System.getProperty("sksync.root"), "target", "useredit.jar");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private JavaProgram start(String stdin, String... args) throws IOException {
        return JavaProgram.jar(JAR).directory(directory).stdin(stdin).args(args).start();
    }

    private int exitCode(String stdin, String... args) throws IOException {
        try (JavaProgram program = start(stdin, args)) {
            return program.exitCode(LIMIT);
        }
    }

    @Test
    void keepsUsersOfTheFileInItsDirectory() throws Exception {
        Files.writeString(directory.resolve("sksync.json"), "{\"port\": 1,}");

        assertThat(exitCode("pässword\n", "add", "jürgen", "--password-stdin")).isZero();
        assertThat(exitCode("pässword\n", "check", "jürgen", "--password-stdin"))
                .isZero();
        assertThat(exitCode("password\n", "check", "jürgen", "--password-stdin"))
                .isEqualTo(6);
        assertThat(exitCode("new\n", "passwd", "jürgen", "--password-stdin")).isZero();
        assertThat(exitCode("new\n", "check", "jürgen", "--password-stdin")).isZero();
        try (JavaProgram list = start("", "list")) {
            assertThat(list.exitCode(LIMIT)).isZero();
            assertThat(list.lines(Stream.OUT)).containsExactly("jürgen");
        }
        assertThat(exitCode("", "remove", "jürgen")).isZero();
        assertThat(directory.resolve("sksync.json")).hasContent("{\n    \"port\": 1,\n    \"users\": {}\n}\n");
    }

    @Test
    void refusesANameThatTheLocaleCannotCarry() throws Exception {
        for (String command : new String[] {"add", "passwd", "check", "remove"}) {
            try (JavaProgram program = JavaProgram.jar(JAR)
                    .directory(directory)
                    .environment("LC_ALL", "C")
                    .stdin("secret\n")
                    .args(command, "jürgen")
                    .start()) {
                assertThat(program.exitCode(LIMIT)).isEqualTo(2);
                assertThat(program.text(Stream.ERR))
                        .startsWith("error: user name: holds U+FFFD")
                        .contains("LC_ALL");
            }
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void losesNoUserWhenProcessesEditAtOnce() throws Exception {
        try (JavaProgram one = start("a\n", "add", "one", "--password-stdin");
                JavaProgram two = start("b\n", "add", "two", "--password-stdin");
                JavaProgram three = start("c\n", "add", "three", "--password-stdin")) {
            assertThat(one.exitCode(LIMIT)).isZero();
            assertThat(two.exitCode(LIMIT)).isZero();
            assertThat(three.exitCode(LIMIT)).isZero();
        }

        try (JavaProgram list = start("", "list")) {
            assertThat(list.exitCode(LIMIT)).isZero();
            assertThat(list.lines(Stream.OUT)).containsExactlyInAnyOrder("one", "two", "three");
        }
    }

    @Test
    void asksNobodyWhereNoTerminalIs() throws Exception {
        for (String[] args : new String[][] {{}, {"my.json"}, {"add", "bob"}}) {
            try (JavaProgram program = start("bob\nsecret\nsecret\n", args)) {
                assertThat(program.exitCode(LIMIT)).isEqualTo(2);
                assertThat(program.text(Stream.ERR)).startsWith("error: there is no terminal");
                assertThat(program.text(Stream.OUT)).isEmpty();
            }
        }
    }

    @Test
    void tellsItsVersion() throws Exception {
        String version;
        try (JarFile jar = new JarFile(JAR.toFile())) {
            version = jar.getManifest().getMainAttributes().getValue("Implementation-Version");
            assertThat(jar.isMultiRelease()).isTrue();
        }

        for (String[] args : new String[][] {{"--version"}, {"add", "--version"}}) {
            try (JavaProgram program = start("", args)) {
                assertThat(program.exitCode(LIMIT)).isZero();
                assertThat(program.lines(Stream.OUT)).containsExactly("useredit " + version);
            }
        }
    }

    @Test
    void holdsTheLicencesOfWhatIsInItAndNoSignature() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.stream())
                    .extracting(entry -> entry.getName())
                    .noneMatch(
                            name -> name.matches("META-INF/[^/]*\\.(SF|DSA|RSA)") || name.endsWith("module-info.class"))
                    .contains("META-INF/LICENSE", "META-INF/LICENSE.md", "META-INF/NOTICE");
        }
    }
}
