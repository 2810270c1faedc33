package dev.lathe.app.project;

import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.optimize.Recipe;
import dev.lathe.optimize.check.OutputDifference;
import dev.lathe.profile.ProfileRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The source model plus a recipe, and what is known about the result: a row of the variants tree.
///
/// `recipe` starts from the source model, not from the parent. `run` is the newest measurement; `runs` are the last
/// ones of this model, oldest first, without their traces, to be compared. `differences`
/// compare its outputs with the source's; empty for the source and until they were compared.
public record Variant(
        VariantId id,
        String name,
        Optional<VariantId> parent,
        Recipe recipe,
        VariantState state,
        Optional<ProfileRun> run,
        List<ProfileRun> runs,
        List<OutputDifference> differences) {
    /// More are not compared by anybody, and each is some hundred kilobytes.
    private static final int KEPT_RUNS = 12;

    public Variant {
        runs = List.copyOf(runs);
        differences = List.copyOf(differences);
    }

    public Optional<VariantState.Ready> ready() {
        return state instanceof VariantState.Ready r ? Optional.of(r) : Optional.empty();
    }

    public Optional<Model> model() {
        return ready().map(VariantState.Ready::model);
    }

    public Optional<Analysis> analysis() {
        return ready().map(VariantState.Ready::analysis);
    }

    public boolean isSource() {
        return id.equals(VariantId.SOURCE);
    }

    public Variant withName(String next) {
        return new Variant(id, next, parent, recipe, state, run, runs, differences);
    }

    public Variant withParent(Optional<VariantId> next) {
        return new Variant(id, name, next, recipe, state, run, runs, differences);
    }

    public Variant withState(VariantState next) {
        return new Variant(id, name, parent, recipe, next, run, runs, differences);
    }

    /// To be made anew: what was found out is of another model.
    Variant withRecipe(Recipe next) {
        return new Variant(id, name, parent, next, preparedAnew(), Optional.empty(), List.of(), List.of());
    }

    /// The state in which the making of this variant begins anew.
    VariantState preparedAnew() {
        return new VariantState.Preparing(Attempt.NONE, modelOrBefore());
    }

    /// Its model, or the one that it had until its recipe changed.
    Optional<Model> modelOrBefore() {
        return state instanceof VariantState.Preparing(Attempt a, Optional<Model> before) ? before : model();
    }

    public Variant withRun(ProfileRun next) {
        return new Variant(id, name, parent, recipe, state, Optional.of(next), runs, differences);
    }

    /// With one more among those that can be compared; the oldest goes when there are too many.
    Variant withKept(ProfileRun next) {
        List<ProfileRun> all = new ArrayList<>(runs);
        all.add(next.withoutTrace());
        return withRuns(all.subList(Math.max(0, all.size() - KEPT_RUNS), all.size()));
    }

    /// With those of earlier times before them.
    Variant withKeptBefore(List<ProfileRun> earlier) {
        List<ProfileRun> all = new ArrayList<>(earlier);
        all.addAll(runs);
        return withRuns(all.subList(Math.max(0, all.size() - KEPT_RUNS), all.size()));
    }

    Variant withRuns(List<ProfileRun> next) {
        return new Variant(id, name, parent, recipe, state, run, next, differences);
    }

    public Variant withDifferences(List<OutputDifference> next) {
        return new Variant(id, name, parent, recipe, state, run, runs, next);
    }
}
