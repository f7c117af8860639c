package org.sksync.cli.service;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The systems that can keep a service. */
public enum ServicePlatform {
    /** Linux with systemd. */
    SYSTEMD,
    /** macOS. */
    LAUNCHD,
    /** Windows. */
    TASK_SCHEDULER;

    /** Returns that of an operating system, by the name that Java has for it; empty if there is none. */
    public static Optional<ServicePlatform> of(String systemName) {
        String name = systemName.toLowerCase(Locale.ROOT);
        if (name.startsWith("linux")) {
            return Optional.of(SYSTEMD);
        }
        if (name.startsWith("mac")) {
            return Optional.of(LAUNCHD);
        }
        return name.startsWith("windows") ? Optional.of(TASK_SCHEDULER) : Optional.empty();
    }

    /**
     * Returns the services of this platform at their usual places.
     *
     * @param root {@code /}, or a directory that stands for it
     * @param home the user's home directory
     * @param environment the variables of the environment, by name; null for one that is not set
     */
    public Services at(Path root, Path home, UnaryOperator<String> environment, CommandRunner runner) {
        return new Services(
                switch (this) {
                    case SYSTEMD ->
                        new SystemdUnits(
                                root.resolve("etc/systemd/system"),
                                place(environment, "XDG_CONFIG_HOME", home.resolve(".config"))
                                        .resolve("systemd/user"));
                    case LAUNCHD ->
                        new LaunchdAgents(
                                root.resolve("Library/LaunchDaemons"),
                                home.resolve("Library/LaunchAgents"),
                                ServiceFiles.ownerNumber(home));
                    case TASK_SCHEDULER ->
                        new ScheduledTasks(Optional.ofNullable(environment.apply("SystemRoot"))
                                .filter(value -> !value.isEmpty())
                                .orElse("C:\\Windows"));
                },
                runner);
    }

    private static Path place(UnaryOperator<String> environment, String name, Path otherwise) {
        return Optional.ofNullable(environment.apply(name))
                .filter(value -> !value.isEmpty())
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElse(otherwise);
    }
}
