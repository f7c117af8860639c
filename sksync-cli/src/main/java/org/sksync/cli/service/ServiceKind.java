package org.sksync.cli.service;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The way in which a system keeps services: its files and its commands. */
sealed interface ServiceKind permits ServiceInFile, ScheduledTasks {

    /** In one of the first lines of each file that this program has written, and of no other. */
    String MARKER = "Written by sksync service install";

    /** Returns where the file of a service is kept; empty where the system keeps what it is told by itself. */
    Optional<Path> file(ServiceRole role, ServiceScope scope);

    /** Returns what the system knows a service by: the name of its file, or its own name for it. */
    String place(ServiceRole role, ServiceScope scope);

    /** Returns whether a service is installed. */
    boolean knows(ServiceRole role, ServiceScope scope, CommandRunner runner);

    /** Returns the encoding of its files. */
    Charset charset();

    /** Returns what the file holds, ending with a line feed. */
    String text(ServiceTask task);

    /** Returns why no service can be kept on this machine; empty if one can. */
    Optional<String> obstacle(ServiceScope scope, CommandRunner runner);

    /** Returns what makes the system read the text, or the file that was written, and start the service from now on. */
    List<Step> start(ServiceTask task);

    /** Returns what stops the service, before its file is removed. */
    List<Step> stop(ServiceRole role, ServiceScope scope);

    /** Returns what makes the system forget a file that was removed. */
    List<Step> forget(ServiceScope scope);

    /** Returns whether the service starts by itself. */
    boolean startsByItself(ServiceRole role, ServiceScope scope, CommandRunner runner);

    /** Returns whether the service runs now. */
    boolean runs(ServiceRole role, ServiceScope scope, CommandRunner runner);

    /** Returns what else the user should know of a service that was installed: sentences. */
    List<String> advice(ServiceTask task);
}
