package org.sksync.cli.watch;

import java.nio.file.Path;
import java.util.Optional;

/** Tells what changes in a folder, until it is closed. */
public interface FolderWatch extends AutoCloseable {

    /** Who is told; on the watch's own thread. */
    interface Listener {

        /** Something was made or changed that may be a file. */
        void changed(Path file);

        /** Changes were lost; any file may be another one. */
        void changedSomewhere();

        /**
         * Nothing more will be told.
         *
         * @param why what keeps it from that, as a sentence's end; empty where the folder itself is gone
         */
        void ended(Optional<String> why);
    }

    /** Ends the watch; the listener is not told of that. */
    @Override
    void close();
}
