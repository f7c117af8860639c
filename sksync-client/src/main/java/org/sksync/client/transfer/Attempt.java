package org.sksync.client.transfer;

import java.util.HashSet;
import java.util.Set;
import org.sksync.files.path.RelativePath;
import org.sksync.protocol.srp.InnerDigest;

/**
 * The terms of one session of a sync, as earlier ones have taught them.
 *
 * @param leftOut files that are not listed, since they could not be sent when they were asked for
 * @param innerDigest the form of password digest to log in with
 */
public record Attempt(Set<RelativePath> leftOut, InnerDigest innerDigest) {

    /** The first attempt of every sync. */
    public static final Attempt FIRST = new Attempt(Set.of(), InnerDigest.WHOLE);

    /** Copies the set. */
    public Attempt {
        leftOut = Set.copyOf(leftOut);
    }

    Attempt without(RelativePath path) {
        Set<RelativePath> more = new HashSet<>(leftOut);
        more.add(path);
        return new Attempt(more, innerDigest);
    }

    Attempt with(InnerDigest form) {
        return new Attempt(leftOut, form);
    }
}
