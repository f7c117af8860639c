package org.sksync.soak;

/**
 * A step of a program's work.
 *
 * @param calls system calls, joined by commas; names that this machine does not know are passed over
 * @param nth which of them, counted for each thread; 1 is the first
 */
record Step(String calls, int nth) {}
