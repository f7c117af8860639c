package org.sksync.cli.command;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sksync.config.ClientProfile;
import org.sksync.config.ConfigEditor;
import org.sksync.config.ConfigException;
import org.sksync.config.KeyChanges;
import org.sksync.config.ProfileSyncType;
import picocli.CommandLine.ParseResult;

/**
 * The keys of a profile as the words of the command tell them, and a person's answers where they do not. What nobody
 * tells of a new profile gets the same value whether there is somebody to ask or not.
 */
final class JobAnswers {

    /** The keys that are asked for, in this order. */
    private static final List<ProfileKey> ASKED = List.of(
            ProfileKey.HOST,
            ProfileKey.PORT,
            ProfileKey.USE_SSL,
            ProfileKey.USERNAME,
            ProfileKey.SERVER_PATH,
            ProfileKey.CLIENT_PATH,
            ProfileKey.RECURSIVE,
            ProfileKey.SYNC_TYPE);

    /** What a new profile gets where nothing is told, by its text. */
    private static final Map<ProfileKey, String> USUAL = Map.of(
            ProfileKey.PORT, "23456",
            ProfileKey.USE_SSL, "true",
            ProfileKey.RECURSIVE, "true",
            ProfileKey.SYNC_TYPE, ProfileSyncType.BIDIRECTIONAL_USE_TIME.token());

    /** What nobody can guess. */
    private static final List<ProfileKey> REQUIRED =
            List.of(ProfileKey.HOST, ProfileKey.SERVER_PATH, ProfileKey.CLIENT_PATH);

    /** What the file may say for all profiles. */
    private static final Set<ProfileKey> INHERITED =
            Set.of(ProfileKey.HOST, ProfileKey.PORT, ProfileKey.USE_SSL, ProfileKey.USERNAME);

    /** What SK Sync 1 does not have. */
    private static final Set<ProfileKey> NEWER = Set.of(ProfileKey.USE_SSL, ProfileKey.USERNAME);

    private final Terminal terminal;
    private final Questions questions;
    private final ParseResult words;
    private final List<String> ofTheFile;
    private final boolean sksync1;
    private final Optional<ClientProfile> now;

    private JobAnswers(
            Terminal terminal,
            ParseResult words,
            List<String> ofTheFile,
            boolean sksync1,
            Optional<ClientProfile> now) {
        this.terminal = terminal;
        this.questions = new Questions(terminal);
        this.words = words;
        this.ofTheFile = ofTheFile;
        this.sksync1 = sksync1;
        this.now = now;
    }

    /** Returns the answers for a new profile; what the file says for all profiles is not asked for. */
    static JobAnswers forNew(Terminal terminal, ParseResult words, ConfigEditor file) throws ConfigException {
        ProfileKey compat = ProfileKey.SKSYNC1_COMPAT;
        boolean sksync1 = words.matchedOptionValue(compat.flag(), file.isTrue(compat.key()));
        return new JobAnswers(terminal, words, file.topKeys(), sksync1, Optional.empty());
    }

    /** Returns the answers for a profile that is there. */
    static JobAnswers forChange(Terminal terminal, ParseResult words, ClientProfile now) {
        return new JobAnswers(terminal, words, List.of(), now.sksync1Compat(), Optional.of(now));
    }

    /** Returns what the words tell alone. */
    static KeyChanges told(ParseResult words) throws CommandFailure {
        KeyChanges keys = new KeyChanges();
        for (ProfileKey key : ProfileKey.values()) {
            key.take(words, keys);
        }
        return keys;
    }

    /** Returns what the words tell, and asks for the rest where something is missing that has no usual value. */
    KeyChanges complete() throws CommandFailure {
        boolean asks = now.isPresent() || !missing().isEmpty();
        if (asks && !terminal.canAsk()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "missing: " + String.join(", ", missing()) + " (there is no terminal to ask for it at)");
        }
        KeyChanges keys = new KeyChanges();
        for (ProfileKey key : ASKED) {
            if (key.isIn(words)) {
                key.take(words, keys);
            } else if (isOpen(key) && asks) {
                ask(key, keys);
            } else if (isOpen(key) && usual(key).isPresent()) {
                key.set(usual(key).get(), keys);
            }
        }
        for (ProfileKey key : ProfileKey.values()) {
            if (!ASKED.contains(key)) {
                key.take(words, keys);
            }
        }
        return keys;
    }

    private List<String> missing() {
        return REQUIRED.stream()
                .filter(key -> !key.isIn(words) && isOpen(key))
                .map(ProfileKey::flag)
                .toList();
    }

    /** Returns whether a key that no word tells is still to be settled. */
    private boolean isOpen(ProfileKey key) {
        boolean inherited = INHERITED.contains(key) && ofTheFile.contains(key.key());
        return !inherited && !(sksync1 && NEWER.contains(key));
    }

    private void ask(ProfileKey key, KeyChanges keys) throws CommandFailure {
        Optional<String> present = now.flatMap(key::in).map(Object::toString);
        Optional<String> otherwise = present.or(() -> usual(key));
        String typed =
                switch (key) {
                    case USE_SSL, RECURSIVE ->
                        String.valueOf(questions.yes(question(key), otherwise.equals(Optional.of("true")), key.flag()));
                    case USERNAME ->
                        present.isPresent()
                                ? questions.line(question(key), present, key.flag())
                                : questions.lineOrNone(question(key), key.flag());
                    case PORT -> port(questions.line(question(key), otherwise, key.flag()));
                    default -> questions.line(question(key), otherwise, key.flag());
                };
        if (!typed.isEmpty() && !present.equals(Optional.of(typed))) {
            key.set(typed, keys);
        }
    }

    private static Optional<String> usual(ProfileKey key) {
        return Optional.ofNullable(USUAL.get(key));
    }

    private static String port(String typed) throws CommandFailure {
        return Integer.toString(Port.of(ProfileKey.PORT.key(), typed, 1));
    }

    private static String question(ProfileKey key) {
        return switch (key) {
            case HOST -> "Server (name or address)";
            case PORT -> "Port";
            case USE_SSL -> "Connect with TLS?";
            case USERNAME -> "User (nothing: no login)";
            case SERVER_PATH -> "Folder on the server";
            case CLIENT_PATH -> "Folder here";
            case RECURSIVE -> "Folders beneath too?";
            case SYNC_TYPE -> "What travels (bidirectional, to_server, from_server; each with _use_time or _no_time)";
            default -> key.key();
        };
    }
}
