package org.sksync.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * How this program was started, so that a service can start it alike.
 *
 * @param words the first is an absolute path
 * @param places the directories that hold the program and its Java, absolute
 * @param javaHome the Java that a launcher has to be told of; empty where it finds it, or where there is none
 */
record ProgramWords(List<String> words, List<Path> places, Optional<Path> javaHome) {

    /** Set by the launcher to its own path. */
    static final String LAUNCHER = "sksync.launcher";

    /** Reads it off the properties of this process. */
    static ProgramWords of(Properties properties) {
        Path home = Path.of(properties.getProperty("java.home"));
        String launcher = properties.getProperty(LAUNCHER, "");
        if (!launcher.isEmpty()) {
            Path script = Path.of(launcher).toAbsolutePath();
            Path place = parent(script);
            boolean bundled = home.startsWith(place);
            return new ProgramWords(
                    List.of(script.toString()),
                    bundled ? List.of(place) : List.of(place, home),
                    bundled ? Optional.empty() : Optional.of(home));
        }
        String ending = properties.getProperty("os.name").startsWith("Windows") ? ".exe" : "";
        String separator = properties.getProperty("path.separator");
        List<Path> classPath = Arrays.stream(
                        properties.getProperty("java.class.path").split(separator))
                .map(entry -> Path.of(entry).toAbsolutePath().normalize())
                .toList();
        List<Path> places = new ArrayList<>(List.of(home));
        classPath.forEach(entry -> places.add(parent(entry)));
        return new ProgramWords(
                List.of(
                        home.resolve("bin").resolve("java" + ending).toString(),
                        "-cp",
                        classPath.stream().map(Path::toString).collect(Collectors.joining(separator)),
                        "org.sksync.cli.Main"),
                places,
                Optional.empty());
    }

    private static Path parent(Path absolute) {
        Path parent = absolute.getParent();
        return parent == null ? absolute : parent;
    }
}
