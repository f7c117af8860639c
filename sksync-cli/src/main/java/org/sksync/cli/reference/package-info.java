/**
 * What shells and {@code man} are told of the commands: made from picocli's model, the same that {@code --help} is made
 * from, and from nothing else.
 */
@NullMarked
package org.sksync.cli.reference;

import org.jspecify.annotations.NullMarked;
