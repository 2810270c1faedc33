package dev.lathe.app.project;

import java.util.List;
import java.util.function.Predicate;

/// A short message to the user about something that ended: shown as a toast and kept in the jobs pane.
///
/// `holds` tells of a project whether what the message says is still so: a message that does not hold is taken away.
public record Notice(Kind kind, String title, String text, List<Answer> answers, Predicate<Project> holds) {
    /// How it looks, never by colour alone: each kind has an icon.
    public enum Kind {
        SUCCESS,
        WARNING,
        ERROR
    }

    /// A link on the notice.
    public record Answer(String label, Runnable act) {}

    public Notice(Kind kind, String title, String text, List<Answer> answers) {
        this(kind, title, text, answers, p -> true);
    }

    public Notice {
        answers = List.copyOf(answers);
    }
}
