package org.sksync.discovery.group;

import java.net.Inet4Address;
import java.util.Optional;

/** What is said on a group's port. Called by the listener's thread. */
public interface Answers {

    /** Who gets the answers. */
    enum Audience {
        /** The one that asked, at the address and port that it asked from. */
        ASKER,
        /** The whole group on the asker's network, so that nobody can have answers sent to somebody else. */
        GROUP
    }

    Audience audience();

    /** Returns the longest datagram that is looked at. */
    int maxBytes();

    /** Returns the answer to a datagram; empty where there is none, for anything that is no question to us. */
    Optional<byte[]> answer(byte[] datagram, Asker asker);

    /** Returns what the group is told when we come to a network; empty for nothing. */
    Optional<byte[]> hello(Inet4Address own);

    /** Returns what the group is told when we leave; empty for nothing. */
    Optional<byte[]> goodbye(Inet4Address own);
}
