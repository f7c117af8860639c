package org.sksync.useredit.edit;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A person who answers in a given order and then is gone; every question is kept, with how it was asked. */
final class ScriptedTerminal implements Terminal {

    private final boolean interactive;
    private final Deque<String> answers;
    private final byte[] standardInput;
    private final List<String> questions = new ArrayList<>();

    private ScriptedTerminal(boolean interactive, List<String> answers, byte[] standardInput) {
        this.interactive = interactive;
        this.answers = new ArrayDeque<>(answers);
        this.standardInput = standardInput.clone();
    }

    static ScriptedTerminal answering(String... answers) {
        return new ScriptedTerminal(true, List.of(answers), new byte[0]);
    }

    static ScriptedTerminal piped(String standardInput) {
        return piped(standardInput.getBytes(StandardCharsets.UTF_8));
    }

    static ScriptedTerminal piped(byte[] standardInput) {
        return new ScriptedTerminal(false, List.of(), standardInput);
    }

    /** Returns the questions so far; {@code (hidden)} stands behind those whose answer does not appear. */
    List<String> questions() {
        return questions;
    }

    @Override
    public boolean isInteractive() {
        return interactive;
    }

    @Override
    public Optional<String> line(String prompt) {
        questions.add(prompt);
        return Optional.ofNullable(answers.poll());
    }

    @Override
    public Optional<char[]> password(String prompt) {
        questions.add(prompt + "(hidden)");
        return Optional.ofNullable(answers.poll()).map(String::toCharArray);
    }

    @Override
    public InputStream standardInput() {
        return new ByteArrayInputStream(standardInput);
    }
}
