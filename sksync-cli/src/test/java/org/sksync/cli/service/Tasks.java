package org.sksync.cli.service;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Services to be installed, with every character in their names that some file must not take for its own. */
final class Tasks {

    /** A name with a space, a percent and a dollar sign, both quotes, a backslash, and what XML takes for its own. */
    static final String WILD = "my 100% \"$HOME\" <b> & 'c'\\d";

    private Tasks() {}

    static ServiceTask daemonOfTheMachine() {
        return new ServiceTask(
                ServiceRole.DAEMON,
                ServiceScope.SYSTEM,
                List.of("/usr/lib/sksync/sksync", "server", "-c", "/home/me/" + WILD + "/sksync.json"),
                Path.of("/home/me/" + WILD),
                "me",
                Path.of("/home/me"),
                List.of(
                        Path.of("/srv/books"),
                        Path.of("/srv/books/old"),
                        Path.of("/home/me/notes"),
                        Path.of("/home/me/" + WILD)),
                List.of(
                        Path.of("/usr/lib/sksync"),
                        Path.of("/home/me/jdk"),
                        Path.of("/home/me/notes/certs"),
                        Path.of("/home/me/" + WILD)),
                Map.of("LC_ALL", "C.UTF-8", "JAVA_HOME", "/home/me/jdk"),
                Optional.empty());
    }

    static ServiceTask watchOfAUser() {
        return new ServiceTask(
                ServiceRole.WATCH,
                ServiceScope.USER,
                List.of("/usr/lib/sksync/sksync", "watch", "notes", "my books", "-c", "/home/me/sksync.json"),
                Path.of("/home/me"),
                "me",
                Path.of("/home/me"),
                List.of(Path.of("/home/me/notes"), Path.of("/home/me")),
                List.of(),
                Map.of("LC_ALL", "C.UTF-8"),
                Optional.empty());
    }

    static ServiceTask watchOfTheMachine(String directory) {
        return new ServiceTask(
                ServiceRole.WATCH,
                ServiceScope.SYSTEM,
                List.of("/usr/lib/sksync/sksync", "watch", "notes", "-c", "/home/me/sksync.json"),
                Path.of(directory),
                "me",
                Path.of("/home/me"),
                List.of(Path.of("/home/me/at 10:30"), Path.of("/home/me/.local/state/sksync")),
                List.of(Path.of(directory)),
                Map.of("XDG_STATE_HOME", "/home/me/.local/state"),
                Optional.of(Path.of("/home/me/.local/state/sksync")));
    }

    static ServiceTask onWindows(ServiceScope scope) {
        return new ServiceTask(
                ServiceRole.DAEMON,
                scope,
                List.of(
                        "C:\\Program Files\\Java\\bin\\java.exe",
                        "-cp",
                        "C:\\sk sync\\sksync.jar",
                        "org.sksync.cli.Main",
                        "server",
                        "-c",
                        "C:\\Users\\J\u00f6rg & Co\\a \"b\\"),
                Path.of("C:\\Users\\J\u00f6rg & Co"),
                "DESK\\J\u00f6rg",
                Path.of("C:\\Users\\J\u00f6rg & Co"),
                List.of(),
                List.of(),
                Map.of(),
                Optional.empty());
    }
}
