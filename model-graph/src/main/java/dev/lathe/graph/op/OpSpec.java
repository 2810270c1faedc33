package dev.lathe.graph.op;

import dev.lathe.graph.Dim;
import dev.lathe.graph.Node;
import dev.lathe.graph.ValueId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// An operator: what it takes and gives, the types of its outputs, its cost, and what is always true of it.
///
/// To add one, write one file and one line in its family's list (docs/howto/add-an-operator.md).
public interface OpSpec {

    Schema schema();

    /// Tells the types (and, for integer tensors, the symbolic contents) of the outputs as far as the inputs
    /// allow. Inputs may be wholly unknown; an output that is not told stays unknown. Element types follow from
    /// the schema's type variables unless told.
    void infer(InferContext context);

    /// The arithmetic of one execution. An amount that cannot be known is [dev.lathe.graph.Dim.Unknown], never 0.
    OpCost cost(CostContext context);

    Set<Trait> traits();

    default boolean is(Trait trait) {
        return traits().contains(trait);
    }

    /// Whether the first output of a node of this kind shares the storage of its first input.
    ///
    /// @param elements what inference followed of the contents of a value
    default boolean isView(Node node, Function<ValueId, Optional<List<Dim>>> elements) {
        return is(Trait.VIEW);
    }
}
