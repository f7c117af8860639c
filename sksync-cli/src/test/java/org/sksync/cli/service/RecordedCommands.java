package org.sksync.cli.service;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A system whose commands do nothing but what they were told to answer; all others work and say nothing. */
final class RecordedCommands implements CommandRunner {

    private final Map<String, Ended> answers = new HashMap<>();
    private final List<String> run = new ArrayList<>();

    RecordedCommands answer(String command, int exitCode, String output) {
        answers.put(command, new Ended(exitCode, output));
        return this;
    }

    /** Returns the commands that were run, each as one line. */
    List<String> run() {
        return List.copyOf(run);
    }

    @Override
    public Ended run(List<String> words) {
        String command = String.join(" ", words);
        run.add(command);
        return answers.getOrDefault(command, new Ended(0, ""));
    }
}
