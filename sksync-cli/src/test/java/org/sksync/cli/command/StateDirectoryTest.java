package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateDirectoryTest {

    private static final Path HOME = Path.of("/home/ann");

    @Test
    void isWhereTheUserHasItsState() {
        assertThat(StateDirectory.of(Map.of("XDG_STATE_HOME", "/var/state"), "Linux", HOME))
                .isEqualTo(Path.of("/var/state/sksync"));
        assertThat(StateDirectory.of(Map.of("XDG_STATE_HOME", "/var/state"), "Mac OS X", HOME))
                .isEqualTo(Path.of("/var/state/sksync"));
    }

    @Test
    void isThePlatformsOwnPlaceOtherwise() {
        assertThat(StateDirectory.of(Map.of(), "Linux", HOME)).isEqualTo(Path.of("/home/ann/.local/state/sksync"));
        assertThat(StateDirectory.of(Map.of(), "Mac OS X", HOME))
                .isEqualTo(Path.of("/home/ann/Library/Application Support/sksync"));
        assertThat(StateDirectory.of(Map.of("LOCALAPPDATA", "/appdata"), "Windows 11", HOME))
                .isEqualTo(Path.of("/appdata/sksync"));
    }

    @Test
    void isNotWhereARelativeOrEmptyNameLeads() {
        assertThat(StateDirectory.of(Map.of("XDG_STATE_HOME", "state"), "Linux", HOME))
                .isEqualTo(Path.of("/home/ann/.local/state/sksync"));
        assertThat(StateDirectory.of(Map.of("XDG_STATE_HOME", ""), "Linux", HOME))
                .isEqualTo(Path.of("/home/ann/.local/state/sksync"));
    }
}
