package org.sksync.server.transfer;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Supplier;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.store.Forcing;
import org.sksync.files.store.PathLocks;
import org.sksync.server.auth.LoginQueue;
import org.sksync.server.auth.LoginThrottle;

/**
 * What all sessions of a daemon share.
 *
 * @param inForce what new sessions go by; another one each time that the configuration has changed
 * @param logins runs the arithmetic of logins
 * @param throttle slows down who tries passwords
 * @param disk the threads for blocking work
 * @param forcing forces files to the disk, several at a time
 * @param locks keeps two sessions from replacing one file at the same time
 * @param listings bounds the memory of all listings together
 * @param largeBuffers go to the sessions that come first
 * @param names the platform's rules for names
 * @param random the source of secrets and temp names
 * @param clock tells how long sessions take
 */
public record SessionServices(
        Supplier<SessionTerms> inForce,
        LoginQueue logins,
        LoginThrottle throttle,
        DiskThreads disk,
        Forcing forcing,
        PathLocks locks,
        ListingBudget listings,
        LargeBuffers largeBuffers,
        PlatformNames names,
        SecureRandom random,
        Clock clock) {}
