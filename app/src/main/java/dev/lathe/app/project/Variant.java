package dev.lathe.app.project;

import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.optimize.Recipe;
import dev.lathe.optimize.check.OutputDifference;
import dev.lathe.profile.ProfileRun;
import java.util.List;
import java.util.Optional;

/// The source model plus a recipe, and what is known about the result: a row of the variants tree.
///
/// `recipe` starts from the source model, not from the parent. `run` is the newest measurement. `differences`
/// compare its outputs with the source's; empty for the source and until they were compared.
public record Variant(
        VariantId id,
        String name,
        Optional<VariantId> parent,
        Recipe recipe,
        VariantState state,
        Optional<ProfileRun> run,
        List<OutputDifference> differences) {
    public Variant {
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
        return new Variant(id, next, parent, recipe, state, run, differences);
    }

    public Variant withParent(Optional<VariantId> next) {
        return new Variant(id, name, next, recipe, state, run, differences);
    }

    public Variant withState(VariantState next) {
        return new Variant(id, name, parent, recipe, next, run, differences);
    }

    /// To be made anew: what was found out is of another model.
    Variant withRecipe(Recipe next) {
        return new Variant(id, name, parent, next, preparedAnew(), Optional.empty(), List.of());
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
        return new Variant(id, name, parent, recipe, state, Optional.of(next), differences);
    }

    public Variant withDifferences(List<OutputDifference> next) {
        return new Variant(id, name, parent, recipe, state, run, next);
    }
}
