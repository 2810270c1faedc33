package dev.lathe.app.project;

import java.util.Optional;

/// What undo must not take back: what was measured, what jobs made, what is looked at.
final class Facts {
    private Facts() {}

    /// `to`, a project of the history, with the facts of `present`.
    static Project carried(Project present, Project to) {
        Project next = to.withVariants(to.variants().stream()
                        .map(v -> present.variant(v.id())
                                .map(p -> carried(p, v, to))
                                .orElse(v))
                        .toList())
                .withOpening(present.opening())
                .withColourBy(present.colourBy())
                .withDeviceOf(present)
                .withRun(present.run())
                .withLive(present.live(), present.liveOf());
        VariantId selected = next.variant(present.selected()).isPresent() ? present.selected() : VariantId.SOURCE;
        boolean same = selected.equals(present.selected());
        return next.withSelected(selected)
                .withSelection(same ? present.selection() : Selection.NONE)
                .withSplit(selected.equals(to.selected()) ? to.split() : SplitState.NONE);
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
