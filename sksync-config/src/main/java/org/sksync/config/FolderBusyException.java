package org.sksync.config;

import java.nio.file.Path;
import java.util.Optional;
import org.sksync.config.FolderLock.Holder;

/** Another run syncs the folder. */
public final class FolderBusyException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Optional<Holder> holder;

    FolderBusyException(Path folder, Optional<Holder> holder) {
        super("another run syncs " + folder);
        this.holder = holder;
    }

    /** Returns who does; empty where it did not say. */
    public Optional<Holder> holder() {
        return holder;
    }
}
