package org.sksync.cli.service;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a service is to do, and what it needs for it.
 *
 * @param role which part of the program
 * @param scope whose service
 * @param command the program and its words, the first an absolute path
 * @param directory where it runs, absolute
 * @param account whom it runs as
 * @param home that account's home directory
 * @param writable the directories it writes to, absolute; none is within another one, see {@link Directories#outermost}
 * @param readable the directories it reads beside them, absolute
 * @param environment what it is told by the environment
 * @param state the directory that is made for it, the account's own, absolute; empty where it makes its own
 */
public record ServiceTask(
        ServiceRole role,
        ServiceScope scope,
        List<String> command,
        Path directory,
        String account,
        Path home,
        List<Path> writable,
        List<Path> readable,
        Map<String, String> environment,
        Optional<Path> state) {

    /** Takes copies, the directories without those within others. */
    public ServiceTask {
        command = List.copyOf(command);
        writable = Directories.outermost(writable);
        readable = Directories.outermost(readable);
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
    }

    /** Fails if a text has a control character, which not every kind of service file can hold. */
    void requirePrintable() throws ServiceException {
        List<String> texts = new ArrayList<>(command);
        texts.add(account);
        texts.add(directory.toString());
        writable.forEach(path -> texts.add(path.toString()));
        readable.forEach(path -> texts.add(path.toString()));
        texts.addAll(environment.values());
        for (String text : texts) {
            if (text.chars().anyMatch(Character::isISOControl)) {
                throw new ServiceException(
                        "\"" + text + "\" has a control character, and a service can't be told of it; rename it");
            }
        }
    }
}
