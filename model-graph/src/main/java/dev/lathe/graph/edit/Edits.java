package dev.lathe.graph.edit;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Severity;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.verify.Verifier;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Edits applied one after the other, and the result verified.
public final class Edits {
    /// A warning, since some runtimes take it; nobody who edits a model wants it.
    private static final String CONTRADICTION = "shape-contradiction";

    private Edits() {}

    /// The edited model; the given one stays as it is, so that undo is to go back to it. Only the model
    /// after all edits has to keep the rules of the standard: some changes take more than one edit.
    ///
    /// @throws LatheException when an edit cannot be made, or the result has errors that the model did
    ///     not have: the message names the first edit after which they are there
    public static Model apply(Model model, List<Edit> edits, JobContext context) throws LatheException {
        Model at = model;
        for (int i = 0; i < edits.size(); i++) {
            context.checkCancelled();
            context.progress(0.5 * i / edits.size(), "editing");
            at = edits.get(i).apply(at, context);
        }
        if (at == model) {
            return model;
        }
        List<Diagnostic> before = errors(model, context);
        context.progress(0.75, "verifying");
        Optional<Diagnostic> broken = newOne(before, errors(at, context));
        if (broken.isPresent()) {
            throw refused(culprit(model, edits, before, context), broken.get());
        }
        return at;
    }

    private static List<Diagnostic> errors(Model model, JobContext context) {
        return Verifier.of(Analysis.of(model, DimBindings.NONE, context), context).stream()
                .filter(d -> d.severity() == Severity.ERROR || d.code().equals(CONTRADICTION))
                .toList();
    }

    /// A renamed thing has its old errors under its new name: these are not new ones.
    private static Optional<Diagnostic> newOne(List<Diagnostic> before, List<Diagnostic> after) {
        Set<Diagnostic> known = new HashSet<>(before);
        return after.size() <= before.size()
                ? Optional.empty()
                : after.stream().filter(d -> !known.contains(d)).findFirst();
    }

    private static Edit culprit(Model model, List<Edit> edits, List<Diagnostic> before, JobContext context)
            throws LatheException {
        Model at = model;
        for (Edit e : edits) {
            at = e.apply(at, context);
            if (newOne(before, errors(at, context)).isPresent()) {
                return e;
            }
        }
        return edits.getLast();
    }

    private static LatheException refused(Edit edit, Diagnostic why) {
        Diagnostic told = Diagnostic.error(
                "edit-invalid", "'" + edit.text() + "' would make the model invalid: " + why.message(), why.place());
        return new LatheException(why.remedy().map(told::withRemedy).orElse(told));
    }
}
