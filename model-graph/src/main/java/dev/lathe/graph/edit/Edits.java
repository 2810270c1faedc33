package dev.lathe.graph.edit;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import java.util.List;
import java.util.Optional;

/// Edits applied one after the other, and the result verified.
public final class Edits {
    private Edits() {}

    /// The edited model; the given one stays as it is, so that undo is to go back to it. Only the model
    /// after all edits has to keep the rules of the standard: some changes take more than one edit.
    ///
    /// @throws LatheException when an edit cannot be made, or the result has an error that the model did
    ///     not have: the message names the edit that brought this very error
    public static Model apply(Model model, List<Edit> edits, JobContext context) throws LatheException {
        Model at = model;
        for (int i = 0; i < edits.size(); i++) {
            context.checkCancelled();
            context.progress(0.5 * i / edits.size(), "editing");
            Model edited = edits.get(i).apply(at, context);
            TrainingNames.refuseLost(at, edited);
            at = edited;
        }
        if (at == model) {
            return model;
        }
        context.progress(0.6, "verifying");
        Findings after = Findings.of(at, context);
        if (after.isEmpty()) {
            return at;
        }
        Optional<Diagnostic> broken = after.firstNotIn(Findings.of(model, context));
        if (broken.isPresent()) {
            throw refused(culprit(model, edits, broken.get(), after, context), broken.get());
        }
        return at;
    }

    /// The edit before which this error is not there and after which it is. Found by halving: what is in
    /// between may break other rules for a while.
    private static Edit culprit(Model model, List<Edit> edits, Diagnostic broken, Findings after, JobContext context)
            throws LatheException {
        Model without = model;
        int from = 0;
        int to = edits.size();
        while (to - from > 1) {
            int middle = (from + to) / 2;
            Model at = without;
            for (Edit e : edits.subList(from, middle)) {
                context.checkCancelled();
                at = e.apply(at, context);
            }
            if (Findings.of(at, context).has(broken, after)) {
                to = middle;
            } else {
                from = middle;
                without = at;
            }
        }
        return edits.get(from);
    }

    private static LatheException refused(Edit edit, Diagnostic why) {
        Diagnostic told = Diagnostic.error(
                "edit-invalid", "'" + edit.text() + "' would make the model invalid: " + why.message(), why.place());
        return new LatheException(why.remedy().map(told::withRemedy).orElse(told));
    }
}
