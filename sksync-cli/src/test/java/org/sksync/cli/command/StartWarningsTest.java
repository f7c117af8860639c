package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.config.SkSyncConfig;
import org.sksync.files.path.AllowedRoots;
import org.sksync.files.path.OutsidePolicy;
import org.sksync.files.store.GuardedFiles;
import org.sksync.server.config.AccessPolicy;

class StartWarningsTest {

    private static final Instant NOW = Instant.parse("2030-06-01T12:00:00Z");

    private static List<String> aboutTheCertificate(Optional<Instant> ends) throws Exception {
        return new StartWarnings(
                        SkSyncConfig.defaults().server(), Path.of("sksync.json"), Clock.fixed(NOW, ZoneOffset.UTC))
                        .of(
                                AllowedRoots.of(List.of(), OutsidePolicy.DENY),
                                AccessPolicy.OPEN,
                                ListenAddress.of("127.0.0.1", 0, "host"),
                                ends)
                        .stream()
                        .filter(warning -> warning.contains("ssl_server_certfile"))
                        .toList();
    }

    @ParameterizedTest
    @CsvSource({"2030-06-01T12:00:00Z, 0 days", "2030-06-02T12:00:00Z, 1 day", "2030-07-01T11:59:59Z, 29 days"})
    void warnsOfACertificateThatEndsWithinThirtyDays(Instant ends, String left) throws Exception {
        assertThat(aboutTheCertificate(Optional.of(ends)))
                .singleElement()
                .asString()
                .contains("ends on " + ends.toString().substring(0, 10), "in " + left + ")", "renew");
    }

    @Test
    void warnsOfACertificateThatHasEnded() throws Exception {
        assertThat(aboutTheCertificate(Optional.of(NOW.minusSeconds(1))))
                .singleElement()
                .asString()
                .contains("ended on 2030-06-01", "renew");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2030-07-01T12:00:00Z", "2040-01-01T00:00:00Z"})
    void saysNothingOfACertificateThatLastsLonger(Instant ends) throws Exception {
        assertThat(aboutTheCertificate(Optional.of(ends))).isEmpty();
    }

    @Test
    void namesItsOwnFilesThatAnOfferedDirectoryHoldsOnce(@TempDir Path here) throws Exception {
        Path offered = Files.createDirectory(here.toRealPath().resolve("offered"));
        Path config =
                Files.createFile(Files.createDirectory(offered.resolve("below")).resolve("sksync.json"));
        Path key = Files.createFile(here.resolve("server.key"));
        GuardedFiles own = new GuardedFiles(List.of(config, key, offered.resolve("missing.pem")), List.of(), "");
        AllowedRoots twice =
                AllowedRoots.of(List.of(offered.toString(), config.getParent().toString(), "gone"), OutsidePolicy.DENY);

        assertThat(StartWarnings.ofOwnFiles(twice, own)).hasValueSatisfying(warning -> assertThat(warning)
                .containsOnlyOnce(config.toString())
                .doesNotContain("server.key", "missing.pem")
                .contains("move them"));
    }

    @Test
    void saysNothingOfItsOwnFilesElsewhere(@TempDir Path here) throws Exception {
        Path offered = Files.createDirectory(here.toRealPath().resolve("offered"));
        GuardedFiles own = new GuardedFiles(List.of(Files.createFile(here.resolve("sksync.json"))), List.of(), "");

        assertThat(StartWarnings.ofOwnFiles(AllowedRoots.of(List.of(offered.toString()), OutsidePolicy.DENY), own))
                .isEmpty();
    }

    @Test
    void saysNothingWithoutACertificate() throws Exception {
        assertThat(aboutTheCertificate(Optional.empty())).isEmpty();
    }
}
