package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EmptySource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sksync.config.ClientProfile;
import org.sksync.config.ConfigException;
import org.sksync.config.ConfigReader;
import org.sksync.config.SkSyncConfig;
import org.sksync.config.StoredVerifier;
import org.sksync.protocol.srp.SrpException;
import org.sksync.protocol.srp.SrpVerifier;
import org.sksync.protocol.srp.UserName;

/** The rules for users stand in the configuration and in the login: what one takes the other has to take. */
class VerifiersAgreementTest {

    private static final String SALT = "cf78a7a5";
    private static final String VERIFIER = "7443";

    @TempDir
    private Path here;

    private Map<String, StoredVerifier> users(String name, String salt, String verifier) throws Exception {
        return read("""
                {"users": {"%s": {"authsrp": ["%s", "%s"]}}}""".formatted(escaped(name), salt, verifier)).server().users();
    }

    private ClientProfile profile(String username) throws Exception {
        return read("""
                {"clients": {"p": {"server_path": "/a", "client_path": "b", "username": "%s"}}}""".formatted(escaped(username))).profile("p");
    }

    private SkSyncConfig read(String json) throws Exception {
        Path file = Files.writeString(here.resolve("sksync.json"), json);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return ConfigReader.read(file);
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(unit -> escaped.append(String.format("\\u%04x", unit)));
        return escaped.toString();
    }

    static Stream<String> goodNames() {
        return Stream.of(
                "a", "ann lee", "\u00e9\u9152", "\ud83d\ude00", "a".repeat(255), "\u00e9".repeat(127) + "a", "-");
    }

    static Stream<String> badNames() {
        return Stream.of("a".repeat(256), "\u00e9".repeat(128), "a\u0000", "a\nb", "\u007f", "\u0085");
    }

    /** Halves of surrogate pairs. */
    static Stream<String> unreadableNames() {
        return Stream.of("\ud83d", "a\ude00");
    }

    static Stream<String[]> goodVerifiers() {
        return Stream.of(
                new String[] {"00", "02"},
                new String[] {"ab".repeat(64), "7443"},
                new String[] {"AB", "00FF"},
                new String[] {"ab", "7f".repeat(256)});
    }

    static Stream<String[]> badVerifiers() {
        return Stream.of(
                new String[] {"", VERIFIER},
                new String[] {"abc", VERIFIER},
                new String[] {"xy", VERIFIER},
                new String[] {"ab".repeat(65), VERIFIER},
                new String[] {SALT, ""},
                new String[] {SALT, "00"},
                new String[] {SALT, "01"},
                new String[] {SALT, "123"},
                new String[] {SALT, "-2"},
                new String[] {SALT, "01" + "00".repeat(256)});
    }

    @ParameterizedTest
    @MethodSource("goodNames")
    void bothTakeTheName(String name) throws Exception {
        assertThat(DaemonSetup.verifiers(users(name, SALT, VERIFIER))).containsOnlyKeys(UserName.of(name));
    }

    @ParameterizedTest
    @MethodSource("goodNames")
    void aProfileLogsInWithTheName(String name) throws Exception {
        assertThat(profile(name).username()).hasValue(UserName.of(name).value());
    }

    @ParameterizedTest
    @MethodSource({"badNames", "unreadableNames"})
    void neitherTakesTheName(String name) {
        assertThatThrownBy(() -> profile(name)).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> UserName.of(name)).isInstanceOf(SrpException.class);
    }

    @Test
    void aProfileWithTheEmptyNameAsksForNoLogin() throws Exception {
        assertThat(profile("").username()).isEmpty();
        assertThatThrownBy(() -> UserName.of("")).isInstanceOf(SrpException.class);
    }

    @ParameterizedTest
    @EmptySource
    @MethodSource("badNames")
    void aDaemonGoesWithoutTheUserWhoseNameNeitherTakes(String name) throws Exception {
        assertThat(DaemonSetup.verifiers(users(name, SALT, VERIFIER))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("unreadableNames")
    void noDaemonStartsWithANameThatIsNoText(String name) {
        assertThatThrownBy(() -> users(name, SALT, VERIFIER)).isInstanceOf(ConfigException.class);
    }

    @ParameterizedTest
    @MethodSource("goodVerifiers")
    void bothTakeTheVerifier(String salt, String verifier) throws Exception {
        assertThat(DaemonSetup.verifiers(users("ann", salt, verifier)))
                .containsExactly(Map.entry(UserName.of("ann"), SrpVerifier.ofHex(salt, verifier)));
    }

    @ParameterizedTest
    @MethodSource("badVerifiers")
    void neitherTakesTheVerifier(String salt, String verifier) {
        assertThatThrownBy(() -> users("ann", salt, verifier)).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> SrpVerifier.ofHex(salt, verifier)).isInstanceOf(SrpException.class);
    }

    @Test
    void namesTheUserWhoseVerifierOnlyTheConfigurationTakes() throws Exception {
        String beyondThePrime =
                BigInteger.TWO.pow(2048).subtract(BigInteger.ONE).toString(16);
        Map<String, StoredVerifier> users = users("ann", SALT, beyondThePrime);

        assertThatThrownBy(() -> DaemonSetup.verifiers(users))
                .isInstanceOfSatisfying(CommandFailure.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.USAGE))
                .hasMessageStartingWith("users.ann: verifier: out of range")
                .hasMessageContaining("set the user's password anew")
                .hasMessageNotContaining(beyondThePrime);
    }
}
