package dev.lathe.app;

import java.util.List;

/// A short message to the user about something that ended: shown as a toast and kept in the jobs pane.
public record Notice(Kind kind, String title, String text, List<Answer> answers) {
    /// How it looks, never by colour alone: each kind has an icon.
    public enum Kind {
        SUCCESS,
        WARNING,
        ERROR
    }

    /// A link on the notice.
    public record Answer(String label, Runnable act) {}

    public Notice {
        answers = List.copyOf(answers);
    }
}
