package dev.lathe.app.dialogs;

import dev.lathe.app.project.Workbench;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.Job;
import dev.lathe.core.Lane;
import dev.lathe.core.LatheException;
import dev.lathe.core.Outcome;
import dev.lathe.graph.Model;
import dev.lathe.graph.edit.Edit;
import dev.lathe.graph.edit.EditScript;
import dev.lathe.graph.edit.Edits;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.util.Duration;

/// Finds out what becomes of the shown model by the statements that are being written: whether they can be read is
/// told at once, whether the model stays valid when the writer pauses, by a job.
final class EditCheck {
    private static final Duration PAUSE = Duration.millis(350);

    /// What is known of the newest text.
    sealed interface Found {
        /// There is nothing to apply.
        record Nothing() implements Found {}

        /// It can be read; the rest is not known yet.
        record Readable() implements Found {}

        /// It cannot be read, or the model would not be valid.
        record Wrong(String why) implements Found {}

        /// The model stays valid; `what` says what changes.
        record Valid(String what) implements Found {}
    }

    private final Workbench workbench;
    private final Executor window;
    private final Consumer<Found> told;
    private final PauseTransition pause = new PauseTransition(PAUSE);
    private Optional<Job<Model>> job = Optional.empty();
    /// What the newest text says, as far as it can be read.
    private List<Edit> edits = List.of();
    /// What was found valid, and of which model.
    private Optional<Sound> sound = Optional.empty();

    private record Sound(Model model, List<Edit> edits, String what) {}

    /// @param window runs something on the thread that this belongs to
    EditCheck(Workbench workbench, Executor window, Consumer<Found> told) {
        this.workbench = workbench;
        this.window = window;
        this.told = told;
        pause.setOnFinished(e -> begin());
    }

    /// Looks at a text, in place of the one before.
    void look(String text) {
        read(text);
        if (!edits.isEmpty()) {
            pause.playFromStart();
        }
    }

    /// Looks only whether it can be read: it is meant for another model than the shown one.
    void read(String text) {
        end();
        try {
            edits = EditScript.parse(text);
        } catch (LatheException e) {
            told.accept(new Found.Wrong(e.diagnostic().line()));
            return;
        }
        told.accept(edits.isEmpty() ? new Found.Nothing() : new Found.Readable());
    }

    /// Tells without waiting for a pause.
    void now() {
        told.accept(new Found.Readable());
        Optional<Sound> known = sound.filter(
                s -> s.edits() == edits && shown().filter(m -> m == s.model()).isPresent());
        if (known.isPresent()) {
            told.accept(new Found.Valid(known.get().what()));
        } else if (job.isEmpty()) {
            begin();
        }
    }

    /// Forgets the newest text.
    void end() {
        pause.stop();
        job.ifPresent(Job::cancel);
        job = Optional.empty();
        edits = List.of();
        sound = Optional.empty();
    }

    private Optional<Model> shown() {
        return workbench.store().state().shownModel();
    }

    private void begin() {
        pause.stop();
        Optional<Model> model = shown();
        if (model.isEmpty()) {
            told.accept(new Found.Wrong("There is no model to edit: it is being made."));
            return;
        }
        List<Edit> mine = edits;
        Job<Model> begun =
                workbench.jobs().submit(Lane.UPKEEP, "Check the edit", c -> Edits.apply(model.get(), mine, c));
        job = Optional.of(begun);
        begun.outcome().thenAcceptAsync(o -> ended(begun, model.get(), mine, o), window);
    }

    private void ended(Job<Model> which, Model before, List<Edit> of, Outcome<Model> outcome) {
        if (job.filter(j -> j == which).isEmpty()) {
            return; // the text is another one by now
        }
        job = Optional.empty();
        switch (outcome) {
            case Outcome.Done<Model>(Model after) -> {
                String what = words(before, after);
                sound = Optional.of(new Sound(before, of, what));
                told.accept(new Found.Valid(what));
            }
            case Outcome.Failed<Model>(Diagnostic why, Optional<Throwable> cause) ->
                told.accept(new Found.Wrong(words(why)));
            case Outcome.Cancelled<Model> c -> told.accept(new Found.Wrong("The check was cancelled."));
        }
    }

    private static String words(Model before, Model after) {
        int was = before.graph().allNodes();
        int is = after.graph().allNodes();
        return "The model stays valid"
                + (was == is ? "." : ": " + is + (is == 1 ? " node" : " nodes") + " instead of " + was + ".");
    }

    /// Place and message; what the command line would advise is of no use here.
    private static String words(Diagnostic why) {
        boolean ours = why.remedy().filter(r -> !r.startsWith("lathe ")).isPresent();
        return (ours ? why : new Diagnostic(why.severity(), why.code(), why.message(), why.place(), Optional.empty()))
                .line();
    }
}
