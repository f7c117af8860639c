package org.sksync.useredit.edit;

import java.util.Map;

/**
 * Where a command tells what it did. Names of users and files come as they are: what can't be shown on a terminal is
 * escaped here. Used by one thread.
 */
public interface Report {

    /**
     * Tells a part of the result.
     *
     * @param line for people
     * @param messageType what it is, for programs
     * @param fields the same as the line, for programs; in their order
     */
    void tell(String line, String messageType, Map<String, String> fields);

    /** Tells what the user should know. */
    void warn(String sentence);

    /** Tells why the command failed. */
    void error(String sentence, Exception cause);
}
