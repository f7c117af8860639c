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
        Path file = kind.file(task.role(), task.scope());
        String text = kind.text(task);
        Optional<String> found = ServiceFiles.read(file, kind.charset());
        if (found.isPresent() && !found.get().equals(text) && existing == Existing.KEPT) {
            throw new ServiceException(file + " is there already and " + difference(found.get(), text)
                    + "; --force replaces it, remove removes it");
        }
        List<Step> steps = new ArrayList<>();
        if (found.isEmpty() || !found.get().equals(text)) {
            steps.add(new Step.Write(file, text));
        }
        steps.addAll(kind.start(task.role(), task.scope()));
        return steps;
    }

    /**
     * Returns what removing a service takes; nothing if it is not installed.
     *
     * @throws ServiceException if its file was written by somebody else
     */
    public List<Step> remove(ServiceRole role, ServiceScope scope) throws ServiceException {
        Path file = kind.file(role, scope);
        Optional<String> found = ServiceFiles.read(file, kind.charset());
        if (found.isEmpty()) {
            return List.of();
        }
        if (!isOurs(found.get())) {
            throw new ServiceException(file + " was not written by sksync service install; remove it by hand");
        }
        List<Step> steps = new ArrayList<>(kind.stop(role, scope));
        steps.add(new Step.Delete(file));
        steps.addAll(kind.forget(scope));
        return steps;
    }

    /**
     * Returns how a service does; empty if it is not installed.
     *
     * @throws ServiceException if its file can't be read
     */
    public Optional<ServiceState> state(ServiceRole role, ServiceScope scope) throws ServiceException {
        Path file = kind.file(role, scope);
        return ServiceFiles.read(file, kind.charset()).isEmpty()
                ? Optional.empty()
                : Optional.of(new ServiceState(
                        role, scope, file, kind.startsByItself(role, scope, runner), kind.runs(role, scope, runner)));
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
        } else if (step instanceof Step.Run run) {
            Ended ended = runner.run(run.command());
            if (!ended.worked() && !run.mayFail()) {
                throw new ServiceException("\"" + String.join(" ", run.command()) + "\" ended with " + ended.exitCode()
                        + (ended.output().isEmpty() ? "" : ": " + ended.output().replace('\n', ' ')));
            }
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
