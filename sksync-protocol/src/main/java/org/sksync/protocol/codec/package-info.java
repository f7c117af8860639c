/**
 * The wire's bytes: one decoder and one encoder for each side's messages. The layout that both sides keep to:
 *
 * <pre>
 * line     = *OCTET LF             no CR handling: CR is part of a line
 * file     = length-line *OCTET [md5-line]
 * </pre>
 *
 * <p>A decoder bounds every line before it has arrived whole, hands on file content as it comes and never reads on
 * after an error.
 */
@NullMarked
package org.sksync.protocol.codec;

import org.jspecify.annotations.NullMarked;
