package org.sksync.cli.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A person who answers in a given order and then is gone; every question is kept, with how it was asked. */
final class ScriptedPerson implements Person {

    private final Deque<String> answers;
    private final List<String> questions = new ArrayList<>();
    private final StringWriter screen = new StringWriter();

    ScriptedPerson(String... answers) {
        this.answers = new ArrayDeque<>(List.of(answers));
    }

    /** Returns the questions so far; {@code (hidden)} stands behind those whose answer does not appear. */
    List<String> questions() {
        return questions;
    }

    /** Returns what was drawn. */
    String drawn() {
        return screen.toString();
    }

    @Override
    public PrintWriter screen() {
        return new PrintWriter(screen);
    }

    @Override
    public Optional<String> line(String prompt) {
        questions.add(prompt);
        return Optional.ofNullable(answers.poll());
    }

    @Override
    public Optional<char[]> secret(String prompt) {
        questions.add(prompt + "(hidden)");
        return Optional.ofNullable(answers.poll()).map(String::toCharArray);
    }
}
