/**
 * Signals to this process. Apart, because the JDK's interface to them cannot be compiled without a warning; so this
 * package alone is compiled by rules of its own (pom.xml), and uses nothing but the JDK.
 */
@NullMarked
package org.sksync.cli.signal;

import org.jspecify.annotations.NullMarked;
