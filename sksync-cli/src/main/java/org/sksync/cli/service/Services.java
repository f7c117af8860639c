package org.sksync.cli.service;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.sksync.cli.service.CommandRunner.Ended;

/**
 * The services that this program has on a machine. What is to be done is found out first, as a list of steps that can be
 * shown, and then carried out. Used by one thread.
 */
public final class Services {

    private static final int MARKED_LINES = 2;
    private static final String WAYS_OUT = "; --force replaces it, remove removes it";

    private final ServiceKind kind;
    private final CommandRunner runner;

    Services(ServiceKind kind, CommandRunner runner) {
        this.kind = kind;
        this.runner = runner;
    }

    /** What is done with a file that is there already and holds something else. */
    public enum Existing {
        /** It stays, and nothing is done. */
        KEPT,
        /** It is replaced. */
        REPLACED
    }

    /**
     * Returns what installing a service takes.
     *
     * @throws ServiceException if a file is in the way, or if a name can't be written into it
     */
    public List<Step> install(ServiceTask task, Existing existing) throws ServiceException {
        task.requirePrintable();
        List<Step> steps = new ArrayList<>();
        Optional<Path> file = kind.file(task.role(), task.scope());
        if (file.isPresent()) {
            write(file.get(), kind.text(task), existing).ifPresent(steps::add);
        } else if (existing == Existing.KEPT && kind.knows(task.role(), task.scope(), runner)) {
            throw new ServiceException(kind.place(task.role(), task.scope()) + " is there already" + WAYS_OUT);
        }
        steps.addAll(kind.start(task));
        return steps;
    }

    private Optional<Step> write(Path file, String text, Existing existing) throws ServiceException {
        Optional<String> found = ServiceFiles.read(file, kind.charset());
        if (found.isPresent() && found.get().equals(text)) {
            return Optional.empty();
        }
        if (found.isPresent() && existing == Existing.KEPT) {
            throw new ServiceException(file + " is there already and " + difference(found.get(), text) + WAYS_OUT);
        }
        return Optional.of(new Step.Write(file, text));
    }

    /**
     * Returns what removing a service takes; nothing if it is not installed.
     *
     * @throws ServiceException if its file was written by somebody else
     */
    public List<Step> remove(ServiceRole role, ServiceScope scope) throws ServiceException {
        if (!kind.knows(role, scope, runner)) {
            return List.of();
        }
        List<Step> steps = new ArrayList<>(kind.stop(role, scope));
        Optional<Path> file = kind.file(role, scope);
        if (file.isPresent()) {
            Optional<String> found = ServiceFiles.read(file.get(), kind.charset());
            if (found.isPresent() && !isOurs(found.get())) {
                throw new ServiceException(
                        file.get() + " was not written by sksync service install; remove it by hand");
            }
            steps.add(new Step.Delete(file.get()));
        }
        steps.addAll(kind.forget(scope));
        return steps;
    }

    /** Returns how a service does; empty if it is not installed. */
    public Optional<ServiceState> state(ServiceRole role, ServiceScope scope) {
        return kind.knows(role, scope, runner)
                ? Optional.of(new ServiceState(
                        role,
                        scope,
                        kind.place(role, scope),
                        kind.startsByItself(role, scope, runner),
                        kind.runs(role, scope, runner)))
                : Optional.empty();
    }

    /** Returns what else the user should know of a service that was installed: sentences. */
    public List<String> advice(ServiceTask task) {
        return kind.advice(task);
    }

    /**
     * Carries out what is to be done.
     *
     * @param told is given each step before it is taken
     * @throws ServiceException if services can't be kept here, or if a step fails; those before it were taken
     */
    public void carryOut(List<Step> steps, ServiceScope scope, Consumer<Step> told) throws ServiceException {
        Optional<String> obstacle = kind.obstacle(scope, runner);
        if (obstacle.isPresent()) {
            throw new ServiceException(obstacle.get());
        }
        for (Step step : steps) {
            told.accept(step);
            take(step);
        }
    }

    private void take(Step step) throws ServiceException {
        if (step instanceof Step.Write write) {
            ServiceFiles.write(write.file(), write.text(), kind.charset());
        } else if (step instanceof Step.Delete delete) {
            ServiceFiles.delete(delete.file());
        } else if (step instanceof Step.RunWithFile run) {
            Path file = ServiceFiles.writePrivately(run.text(), kind.charset());
            try {
                run(run.command(file), false);
            } finally {
                ServiceFiles.deletePrivate(file);
            }
        } else if (step instanceof Step.Run run) {
            run(run.command(), run.mayFail());
        }
    }

    private void run(List<String> command, boolean mayFail) throws ServiceException {
        Ended ended = runner.run(command);
        if (!ended.worked() && !mayFail) {
            throw new ServiceException("\"" + String.join(" ", command) + "\" ended with " + ended.exitCode()
                    + (ended.output().isEmpty() ? "" : ": " + ended.output().replace('\n', ' ')));
        }
    }

    private static boolean isOurs(String text) {
        return text.lines().limit(MARKED_LINES).anyMatch(line -> line.contains(ServiceKind.MARKER));
    }

    private static String difference(String found, String text) {
        if (!isOurs(found)) {
            return "was not written by sksync service install";
        }
        List<String> had = found.lines().map(String::strip).toList();
        List<String> gets = text.lines().map(String::strip).toList();
        String lost =
                had.stream().filter(line -> !gets.contains(line)).collect(Collectors.joining("\", \"", "\"", "\""));
        String won =
                gets.stream().filter(line -> !had.contains(line)).collect(Collectors.joining("\", \"", "\"", "\""));
        return "differs: it has " + (lost.length() > 2 ? lost : "nothing") + " where the new one has "
                + (won.length() > 2 ? won : "nothing");
    }
}
