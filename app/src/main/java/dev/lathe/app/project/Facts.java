package dev.lathe.app.project;

import java.util.Optional;

/// What undo must not take back: what was measured, what jobs made, what is looked at.
final class Facts {
    private Facts() {}

    /// `to`, a project of the history, with the facts of `present`.
    static Project carried(Project present, Project to) {
        Project next = ofVariantsThere(to.withVariants(to.variants().stream()
                        .map(v -> present.variant(v.id())
                                .map(p -> carried(p, v, to))
                                .orElseGet(() -> back(v)))
                        .toList())
                .withOpening(present.opening())
                .withColoursOf(present)
                .withDeviceOf(present)
                .withRun(present.run())
                .withLive(present.live()));
        VariantId selected = lookedAt(present, next);
        return next.withSelected(selected)
                .withSelection(
                        selected.equals(present.selected())
                                ? present.selection()
                                : SelectionThere.of(
                                        present.selection(),
                                        present.shownModel(),
                                        next.variant(selected).flatMap(Variant::model)));
    }

    /// Without what tells of a variant that is not there: its last run. One that goes on is known until its end.
    static Project ofVariantsThere(Project p) {
        Project next = p.variant(p.live().variant()).isPresent() ? p : p.withLive(LiveHistory.EMPTY);
        return p.run() instanceof RunState.Failed f && p.variant(f.variant()).isEmpty()
                ? next.withRun(RunState.IDLE)
                : next;
    }

    /// A variant that comes back: the job that made it was cancelled when it went, so that another one must begin.
    private static Variant back(Variant v) {
        return v.state() instanceof VariantState.Preparing ? v.withState(new VariantState.Preparing(Attempt.NONE)) : v;
    }

    /// What was looked at stays in sight, unless the step is another variant's split: then it is seen what happened.
    private static VariantId lookedAt(Project present, Project next) {
        Optional<VariantId> splitAnew = next.variants().stream()
                .map(Variant::id)
                .filter(id -> present.variant(id).isPresent())
                .filter(id -> !next.splitOf(id).equals(present.splitOf(id)))
                .findFirst();
        return splitAnew.orElse(next.variant(present.selected()).isPresent() ? present.selected() : VariantId.SOURCE);
    }

    private static Variant carried(Variant now, Variant then, Project to) {
        // An analysis belongs to its dimensions: the old one is right again when the dimensions are.
        boolean analysed = then.analysis().map(a -> a.dims().equals(to.dims())).orElse(false);
        Variant v = analysed ? then : then.withState(now.state());
        Optional<dev.lathe.profile.ProfileRun> run = now.run();
        v = run.isPresent() ? v.withRun(run.get()) : v;
        return now.differences().isEmpty() ? v : v.withDifferences(now.differences());
    }
}
