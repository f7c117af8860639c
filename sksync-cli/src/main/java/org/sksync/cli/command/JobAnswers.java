package org.sksync.cli.command;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sksync.config.ClientProfile;
import org.sksync.config.KeyChanges;
import org.sksync.config.ProfileSyncType;
import picocli.CommandLine.ParseResult;

/** The keys of a profile as the words of the command tell them, and a person's answers where they do not. */
final class JobAnswers {

    /** The keys that are asked for, in this order, and what counts where nothing is answered. */
    private static final List<ProfileKey> ASKED = List.of(
            ProfileKey.HOST,
            ProfileKey.PORT,
            ProfileKey.USE_SSL,
            ProfileKey.USERNAME,
            ProfileKey.SERVER_PATH,
            ProfileKey.CLIENT_PATH,
            ProfileKey.RECURSIVE,
            ProfileKey.SYNC_TYPE);

    private static final Map<ProfileKey, String> USUAL = Map.of(
            ProfileKey.HOST, "localhost",
            ProfileKey.PORT, "23456",
            ProfileKey.SYNC_TYPE, ProfileSyncType.BIDIRECTIONAL_USE_TIME.token());

    private static final List<ProfileKey> REQUIRED = List.of(ProfileKey.SERVER_PATH, ProfileKey.CLIENT_PATH);

    private final Terminal terminal;
    private final Questions questions;
    private final ParseResult words;
    private final List<String> ofTheFile;
    private final Optional<ClientProfile> now;

    /**
     * Creates answers.
     *
     * @param ofTheFile keys that the file has for all profiles; a new profile takes them over without a question
     * @param now the profile as it is; empty for a new one
     */
    JobAnswers(Terminal terminal, ParseResult words, List<String> ofTheFile, Optional<ClientProfile> now) {
        this.terminal = terminal;
        this.questions = new Questions(terminal);
        this.words = words;
        this.ofTheFile = ofTheFile;
        this.now = now;
    }

    /** Returns what the words tell alone. */
    static KeyChanges told(ParseResult words) throws CommandFailure {
        KeyChanges keys = new KeyChanges();
        for (ProfileKey key : ProfileKey.values()) {
            key.take(words, keys);
        }
        return keys;
    }

    /** Returns what the words tell, and asks for the rest where something is missing that has no default. */
    KeyChanges complete() throws CommandFailure {
        KeyChanges keys = new KeyChanges();
        boolean complete = now.isEmpty() && REQUIRED.stream().allMatch(key -> key.isIn(words));
        if (!complete && !terminal.canAsk()) {
            throw missing();
        }
        for (ProfileKey key : ASKED) {
            if (key.isIn(words)) {
                key.take(words, keys);
            } else if (!complete && !ofTheFile.contains(key.key())) {
                ask(key, keys);
            }
        }
        for (ProfileKey key : ProfileKey.values()) {
            if (!ASKED.contains(key)) {
                key.take(words, keys);
            }
        }
        return keys;
    }

    private CommandFailure missing() {
        List<String> flags = REQUIRED.stream()
                .filter(key -> !key.isIn(words))
                .map(ProfileKey::flag)
                .toList();
        return new CommandFailure(
                ExitCode.USAGE, "missing: " + String.join(", ", flags) + " (there is no terminal to ask for it at)");
    }

    private void ask(ProfileKey key, KeyChanges keys) throws CommandFailure {
        Optional<Object> present = now.flatMap(key::in);
        switch (key) {
            case USE_SSL, RECURSIVE -> {
                boolean otherwise = present.map(Boolean.class::cast).orElse(true);
                boolean yes = questions.yes(question(key), otherwise, key.flag());
                if (now.isEmpty() || yes != otherwise) {
                    keys.flag(key.key(), yes);
                }
            }
            case USERNAME -> {
                String typed = present.isPresent()
                        ? questions.line(question(key), present.map(Object::toString), key.flag())
                        : questions.lineOrNone(question(key), key.flag());
                setIfNew(key, typed, present, keys);
            }
            case PORT -> {
                Optional<String> otherwise = present.map(Object::toString).or(() -> usual(key));
                String typed = questions.line(question(key), otherwise, key.flag());
                if (!typed.matches("[0-9]{1,5}")) {
                    throw new CommandFailure(ExitCode.USAGE, "port: \"" + typed + "\" (expected: 1..65535)");
                }
                if (!present.map(Object::toString).equals(Optional.of(typed))) {
                    keys.number(key.key(), Integer.parseInt(typed));
                }
            }
            default -> {
                Optional<String> otherwise = present.map(Object::toString).or(() -> usual(key));
                setIfNew(key, questions.line(question(key), otherwise, key.flag()), present, keys);
            }
        }
    }

    private static void setIfNew(ProfileKey key, String typed, Optional<Object> present, KeyChanges keys)
            throws CommandFailure {
        if (!typed.isEmpty() && !present.map(Object::toString).equals(Optional.of(typed))) {
            key.set(typed, keys);
        }
    }

    private static Optional<String> usual(ProfileKey key) {
        return Optional.ofNullable(USUAL.get(key));
    }

    private static String question(ProfileKey key) {
        return switch (key) {
            case HOST -> "Server (name or address)";
            case PORT -> "Port";
            case USE_SSL -> "Connect with TLS?";
            case USERNAME -> "User (nothing: no login)";
            case SERVER_PATH -> "Directory on the server";
            case CLIENT_PATH -> "Directory here";
            case RECURSIVE -> "Directories beneath too?";
            case SYNC_TYPE -> "What travels (bidirectional, to_server, from_server; each with _use_time or _no_time)";
            default -> key.key();
        };
    }
}
