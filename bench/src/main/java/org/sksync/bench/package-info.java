/**
 * JMH benchmarks of what a sync computes without a peer: decoding, planning, scanning. They tell where time goes inside
 * one JVM; how long a whole sync takes is measured by {@code bench/run.sh}.
 */
@NullMarked
package org.sksync.bench;

import org.jspecify.annotations.NullMarked;
