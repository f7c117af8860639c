package org.sksync.cli.reference;

import java.util.Collections;
import java.util.Iterator;

/**
 * Marks, as {@code completionCandidates} of an option or a word, that it is the name of a profile. There are none to
 * list: a shell asks for those of the configuration when they are needed.
 */
public final class ProfileNames implements Iterable<String> {

    /** Creates the mark; picocli does. */
    public ProfileNames() {}

    @Override
    public Iterator<String> iterator() {
        return Collections.emptyIterator();
    }
}
