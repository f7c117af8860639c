package org.sksync.files.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Several steps that are all to be taken, whichever of them fails. */
final class Failures {
    /** One of them. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException;
    }

    private @Nullable IOException first;

    void run(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            add(e);
        }
    }

    void add(IOException failure) {
        if (first == null) {
            first = failure;
        } else if (first != failure) {
            first.addSuppressed(failure);
        }
    }

    /** Throws the first failure, with the others suppressed in it, if there was one. */
    void rethrow() throws IOException {
        if (first != null) {
            throw first;
        }
    }
}
