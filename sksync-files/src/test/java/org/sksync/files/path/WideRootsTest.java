package org.sksync.files.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WideRootsTest {

    @TempDir
    private Path temp;

    private Path home;

    @BeforeEach
    void makeHome() throws IOException {
        home = Files.createDirectories(temp.resolve("home/me"));
        Files.createDirectories(home.resolve("notes"));
        Files.createDirectories(temp.resolve("other/.ssh/keys"));
        Files.createDirectories(temp.resolve("more/.gnupg"));
        Files.createSymbolicLink(temp.resolve("link"), home);
    }

    @ParameterizedTest
    @CsvSource({
        "., your home directory",
        "home, your home directory",
        "home/me, your home directory",
        "home/me/notes/.., your home directory",
        "link, your home directory",
        "other, .ssh",
        "other/.ssh, .ssh",
        "other/.ssh/keys, .ssh",
        "more, .gnupg",
        "more/.gnupg, .gnupg"
    })
    void holdMoreThanAnyoneMeansToShare(String directory, String why) throws Exception {
        assertThat(WideRoots.whyTooWide(temp.resolve(directory), home))
                .hasValueSatisfying(text -> assertThat(text).contains(why));
    }

    @Test
    void areTheWholeDiskToo() throws Exception {
        assertThat(WideRoots.whyTooWide(temp.getRoot(), temp.resolve("none"))).contains("is the whole disk");
    }

    @ParameterizedTest
    @CsvSource({"home/me/notes", "link/notes"})
    void areNotDirectoriesWithinTheHome(String directory) throws Exception {
        assertThat(WideRoots.whyTooWide(temp.resolve(directory), home)).isEmpty();
    }

    @Test
    void areNoneOfAHomeThatDoesNotExist() throws Exception {
        assertThat(WideRoots.whyTooWide(home, temp.resolve("none"))).isEmpty();
    }
}
