package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateDirectoryTest {

    private static final String HOME = "/home/ann";

    @Test
    void isWhereTheUserHasItsState() {
        assertThat(StateDirectory.of(Map.of("XDG_STATE_HOME", "/var/state"), "Linux", HOME))
                .contains(Path.of("/var/state/sksync"));
        assertThat(StateDirectory.of(Map.of("XDG_STATE_HOME", "/var/state"), "Mac OS X", HOME))
                .contains(Path.of("/var/state/sksync"));
    }

    @Test
    void isThePlatformsOwnPlaceOtherwise() {
        assertThat(StateDirectory.of(Map.of(), "Linux", HOME)).contains(Path.of("/home/ann/.local/state/sksync"));
        assertThat(StateDirectory.of(Map.of(), "Mac OS X", HOME))
                .contains(Path.of("/home/ann/Library/Application Support/sksync"));
        assertThat(StateDirectory.of(Map.of("LOCALAPPDATA", "/appdata"), "Windows 11", HOME))
                .contains(Path.of("/appdata/sksync"));
    }

    @Test
    void isNotWhereARelativeOrEmptyNameLeads() {
        assertThat(StateDirectory.of(Map.of("XDG_STATE_HOME", "state"), "Linux", HOME))
                .contains(Path.of("/home/ann/.local/state/sksync"));
        assertThat(StateDirectory.of(Map.of("XDG_STATE_HOME", ""), "Linux", HOME))
                .contains(Path.of("/home/ann/.local/state/sksync"));
    }

    @Test
    void isNowhereWithoutAHome() {
        assertThat(StateDirectory.of(Map.of(), "Linux", "?")).isEmpty();
        assertThat(StateDirectory.of(Map.of("XDG_STATE_HOME", "/var/state"), "Linux", "?"))
                .contains(Path.of("/var/state/sksync"));
    }
}
