/** The decision which files travel where: a pure function of two listings and a policy. */
@NullMarked
package org.sksync.files.plan;

import org.jspecify.annotations.NullMarked;
