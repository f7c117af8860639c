package org.sksync.cli.service;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** A system that keeps each service in a file of its own, and knows the service by that. */
sealed interface ServiceInFile extends ServiceKind permits SystemdUnits, LaunchdAgents {

    /** Returns the name of a service's file. */
    String fileName(ServiceRole role);

    /** Returns the directory of such files. */
    Path directory(ServiceScope scope);

    private Path path(ServiceRole role, ServiceScope scope) {
        return directory(scope).resolve(fileName(role));
    }

    @Override
    default Optional<Path> file(ServiceRole role, ServiceScope scope) {
        return Optional.of(path(role, scope));
    }

    @Override
    default String place(ServiceRole role, ServiceScope scope) {
        return path(role, scope).toString();
    }

    @Override
    default boolean knows(ServiceRole role, ServiceScope scope, CommandRunner runner) {
        return ServiceFiles.exists(path(role, scope));
    }

    @Override
    default Charset charset() {
        return StandardCharsets.UTF_8;
    }
}
