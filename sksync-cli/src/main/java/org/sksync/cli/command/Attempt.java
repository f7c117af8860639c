package org.sksync.cli.command;

import java.io.IOException;
import org.sksync.cli.service.ServiceException;
import org.sksync.cli.setup.SetupException;
import org.sksync.client.report.SyncFailedException;
import org.sksync.config.ConfigException;
import org.sksync.files.store.DiskProblem;

/** An attempt to do what a command is for: the one place that knows what a failure ends with, and has it told. */
final class Attempt {

    private Attempt() {}

    /** What a command does; what it can't do it says by an exception. */
    interface Work {
        ExitCode carryOut() throws CommandFailure, ConfigException, SyncFailedException, InterruptedException;
    }

    /** What a command does that sets something up. */
    interface SetupWork {
        ExitCode carryOut()
                throws CommandFailure, SetupException, ConfigException, ServiceException, SyncFailedException,
                        IOException, InterruptedException;
    }

    /** Does it, and tells why it could not be done. Returns the number that the process ends with. */
    static int at(Terminal terminal, Work work) {
        try {
            return work.carryOut().code();
        } catch (CommandFailure e) {
            return failed(terminal, e.exitCode(), e.sentence(), e);
        } catch (ConfigException e) {
            return failed(terminal, ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        } catch (SyncFailedException e) {
            return failed(terminal, ExitCode.of(e.kind()), String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED.code();
        }
    }

    /**
     * As {@link #at(Terminal, Work)}.
     *
     * @param refused what it means that the disk refuses something; why follows it
     */
    static int at(Terminal terminal, String refused, SetupWork work) {
        return at(terminal, () -> Setup.carryOut(refused, work));
    }

    private static int failed(Terminal terminal, ExitCode code, String sentence, Exception cause) {
        terminal.error(sentence, cause);
        return code.code();
    }

    /** Apart, since the JVM would load these exceptions for each sync. */
    private static final class Setup {

        static ExitCode carryOut(String refused, SetupWork work)
                throws CommandFailure, ConfigException, SyncFailedException, InterruptedException {
            try {
                return work.carryOut();
            } catch (SetupException e) {
                throw new CommandFailure(ExitCode.USAGE, e);
            } catch (ServiceException e) {
                throw new CommandFailure(ExitCode.ERROR, e);
            } catch (IOException e) {
                throw new CommandFailure(ExitCode.ERROR, refused + ": " + DiskProblem.describe(e), e);
            }
        }
    }
}
