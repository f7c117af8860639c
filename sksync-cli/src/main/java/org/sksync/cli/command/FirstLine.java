package org.sksync.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The first line of standard input, for what must not be among the words of the command line. */
final class FirstLine {

    private static final int MAX_BYTES = 4096;

    private FirstLine() {}

    /**
     * Reads up to the first line feed, or the end.
     *
     * @param what what it should be, for messages
     */
    static String of(InputStream in, String what) throws CommandFailure {
        byte[] line = new byte[MAX_BYTES];
        int length = 0;
        try {
            for (int next = in.read(); next != -1 && next != '\n'; next = in.read()) {
                if (length == MAX_BYTES) {
                    throw wrong("is longer than " + MAX_BYTES + " bytes", what);
                }
                line[length++] = (byte) next;
            }
            if (length > 0 && line[length - 1] == '\r') {
                length--;
            }
            if (length == 0) {
                throw wrong("is empty", what);
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw wrong("is not UTF-8", what);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.ERROR, "standard input can't be read (expected: " + what + ")");
        } finally {
            Arrays.fill(line, (byte) 0);
        }
    }

    private static CommandFailure wrong(String how, String what) {
        return new CommandFailure(
                ExitCode.USAGE, "the first line of standard input " + how + " (expected: " + what + ", alone)");
    }
}
