package dev.lathe.app.project;

import dev.lathe.graph.Model;
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
                .withChosenSide(present.chosenSide())
                .withDeviceOf(present)
                .withSweepsOf(present)
                .withFileOf(present)
                .withRun(present.run())
                .withLive(present.live()));
        for (Variant v : next.variants()) {
            if (isMadeAnew(present, v)) {
                next = withoutRunOf(v.id(), next);
            }
        }
        VariantId selected = lookedAt(present, next);
        return next.withSelected(selected).withSelection(selection(present, next, selected));
    }

    private static Selection selection(Project present, Project next, VariantId selected) {
        Optional<Model> from = present.shown().flatMap(Variant::modelOrBefore);
        Optional<Model> to = next.variant(selected).flatMap(Variant::modelOrBefore);
        boolean same = from.isPresent() && to.isPresent() && from.get() == to.get();
        return same || selected.equals(present.selected()) && to.isEmpty()
                ? present.selection()
                : SelectionThere.of(present.selection(), from, to);
    }

    /// Whether the step changed the recipe of this variant of `next`.
    private static boolean isMadeAnew(Project present, Variant next) {
        return present.variant(next.id())
                .filter(v -> !v.recipe().equals(next.recipe()))
                .isPresent();
    }

    /// Without what a run of this variant tells: it was of another model.
    static Project withoutRunOf(VariantId id, Project p) {
        Project next = p.live().variant().equals(id) ? p.withLive(LiveHistory.EMPTY) : p;
        return next.run() instanceof RunState.Failed f && f.variant().equals(id) ? next.withRun(RunState.IDLE) : next;
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
        return v.state() instanceof VariantState.Preparing ? v.withState(v.preparedAnew()) : v;
    }

    /// What was looked at stays in sight, unless the step is another variant's split or recipe: then it is seen what
    /// happened.
    private static VariantId lookedAt(Project present, Project next) {
        Optional<VariantId> changed = next.variants().stream()
                .filter(v -> present.variant(v.id()).isPresent())
                .filter(v -> !next.splitOf(v.id()).equals(present.splitOf(v.id())) || isMadeAnew(present, v))
                .map(Variant::id)
                .findFirst();
        return changed.orElse(next.variant(present.selected()).isPresent() ? present.selected() : VariantId.SOURCE);
    }

    /// The original is moved when its file is written over, which no undo takes back.
    private static VariantState whereItLies(Variant now, Variant then) {
        return now.ready()
                .flatMap(n -> then.ready().<VariantState>map(t -> t.at(n.file())))
                .orElse(then.state());
    }

    private static Variant carried(Variant now, Variant then, Project to) {
        if (!now.recipe().equals(then.recipe())) {
            // Another model: what was found out about each stays with it.
            return then.state() instanceof VariantState.Preparing ? then.withState(now.preparedAnew()) : then;
        }
        // An analysis belongs to its dimensions: the old one is right again when the dimensions are. Not that of a
        // program whose operators were not known yet.
        boolean analysed = then.analysis()
                .filter(a -> a.dims().equals(to.dims()))
                .filter(a -> now.model().map(m -> m == a.model()).orElse(true))
                .isPresent();
        Variant v = analysed ? then.withState(whereItLies(now, then)) : then.withState(now.state());
        Optional<dev.lathe.profile.ProfileRun> run = now.run();
        v = (run.isPresent() ? v.withRun(run.get()) : v).withRuns(now.runs());
        return now.differences().isEmpty() ? v : v.withDifferences(now.differences());
    }
}
