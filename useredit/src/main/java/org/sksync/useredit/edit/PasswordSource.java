package org.sksync.useredit.edit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Where passwords come from: a person at a terminal, or the first line of standard input. Never an argument. */
final class PasswordSource {

    private static final int MAX_BYTES = 4096;
    private static final int CONFIRMATIONS = 3;

    /** What a terminal's decoder gives for bytes that are not of its encoding. */
    private static final char LOST = '\ufffd';

    private final Terminal terminal;
    private final boolean fromStandardInput;

    PasswordSource(Terminal terminal, boolean fromStandardInput) {
        this.terminal = terminal;
        this.fromStandardInput = fromStandardInput;
    }

    /**
     * Finds out whether a password can be had at all, before anything else is asked.
     *
     * @param piped what takes a password from standard input
     * @throws UserEditException if nobody is there to be asked
     */
    void require(String piped) throws UserEditException {
        if (!fromStandardInput && !terminal.isInteractive()) {
            throw new UserEditException(
                    ExitCode.USAGE,
                    "there is no terminal to ask for the password at; start useredit from one, or give the password as"
                            + " the first line of standard input with " + piped);
        }
    }

    /**
     * Returns a password that was given once. The caller overwrites it.
     *
     * @throws UserEditException if there is none
     * @throws IOException if standard input can't be read
     */
    char[] existing(String name) throws UserEditException, IOException {
        require("--password-stdin");
        return notEmpty(fromStandardInput ? firstLine() : asked('"' + name + "\" Password: "));
    }

    /**
     * Returns a new password; at a terminal, one that was typed twice. The caller overwrites it.
     *
     * @throws UserEditException if there is none, or if it was not typed alike in three tries
     * @throws IOException if standard input can't be read
     */
    char[] chosen(String name) throws UserEditException, IOException {
        char[] password = existing(name);
        if (fromStandardInput) {
            return password;
        }
        for (int tries = 0; tries < CONFIRMATIONS; tries++) {
            char[] again = asked("Confirm password: ");
            boolean alike = Arrays.equals(password, again);
            Arrays.fill(again, '\0');
            if (alike) {
                return password;
            }
        }
        Arrays.fill(password, '\0');
        throw new UserEditException(
                ExitCode.ERROR, "the password was not typed alike in " + CONFIRMATIONS + " tries; nothing was changed");
    }

    private char[] asked(String prompt) throws UserEditException {
        char[] password = terminal.password(prompt).orElseThrow(PasswordSource::endOfInput);
        for (char typed : password) {
            if (typed == LOST) {
                Arrays.fill(password, '\0');
                throw new UserEditException(
                        ExitCode.USAGE,
                        "the password holds a character that can't be read in this locale; set LC_ALL to a UTF-8 locale"
                                + " such as C.UTF-8, or give the password with --password-stdin");
            }
        }
        return password;
    }

    static UserEditException endOfInput() {
        return new UserEditException(ExitCode.INTERRUPTED, "the input ended at a question; nothing was changed");
    }

    private static char[] notEmpty(char[] password) throws UserEditException {
        if (password.length == 0) {
            throw new UserEditException(ExitCode.USAGE, "the password is empty; give one of at least one character");
        }
        return password;
    }

    private char[] firstLine() throws UserEditException, IOException {
        byte[] line = new byte[MAX_BYTES];
        int length = 0;
        InputStream in = terminal.standardInput();
        for (int next = in.read(); next != -1 && next != '\n'; next = in.read()) {
            if (length == MAX_BYTES) {
                throw new UserEditException(
                        ExitCode.USAGE,
                        "the first line of standard input is longer than " + MAX_BYTES
                                + " bytes; give the password alone");
            }
            line[length++] = (byte) next;
        }
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        try {
            CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line, 0, length));
            char[] password = new char[decoded.remaining()];
            decoded.get(password);
            Arrays.fill(decoded.array(), '\0');
            return password;
        } catch (CharacterCodingException e) {
            throw new UserEditException(
                    ExitCode.USAGE,
                    "the first line of standard input is not UTF-8; give the password in that encoding");
        } finally {
            Arrays.fill(line, (byte) 0);
        }
    }
}
