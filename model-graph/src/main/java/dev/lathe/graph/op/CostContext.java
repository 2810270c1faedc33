package dev.lathe.graph.op;

import dev.lathe.graph.Attrs;
import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import java.util.List;
import java.util.Optional;

/// What an operator is given to tell its cost: the inferred types around the node.
public interface CostContext {

    Node node();

    long opset();

    Attrs attrs();

    ValueType input(int index);

    ValueType output(int index);

    /// The elements of an integer input, where inference followed them.
    Optional<List<Dim>> elements(int input);

    /// The elements of a value of this graph or of one that the node holds, where inference followed them.
    Optional<List<Dim>> elements(ValueId value);

    /// What is known of the list that an input is.
    Optional<Items> items(int input);

    /// The attribute of the only graph that can run, where inference found one.
    Optional<String> only();

    /// How often the graph that the node holds runs; unknown where data decides that.
    Dim trips();

    /// The summed cost of one run of a graph that this node holds, bytes included.
    OpCost body(Graph graph);

    default boolean has(int input) {
        return node().input(input).isPresent();
    }

    default Dim inputCount(int index) {
        return count(input(index));
    }

    default Dim outputCount(int index) {
        return count(output(index));
    }

    /// Extent of an input along `axis` (from the end when negative).
    default Dim dim(int input, int axis) {
        return dim(input(input), axis);
    }

    default Dim outputDim(int output, int axis) {
        return dim(output(output), axis);
    }

    static Dim dim(ValueType type, int axis) {
        if (!(type.shape() instanceof Shape.Ranked(List<Dim> dims))) {
            return Dim.unknown();
        }
        int at = axis < 0 ? axis + dims.size() : axis;
        return at >= 0 && at < dims.size() ? dims.get(at) : Dim.unknown();
    }

    /// Number of elements.
    static Dim count(ValueType type) {
        return type.shape() instanceof Shape.Ranked(List<Dim> dims) ? DimMath.product(dims) : Dim.unknown();
    }

    /// Bytes of a tensor; unknown for strings, which have no fixed size.
    static Dim bytes(ValueType type) {
        Optional<DType> dtype = type.dtype();
        if (dtype.isEmpty() || dtype.get() == DType.STRING) {
            return Dim.unknown();
        }
        int bits = dtype.get().bits();
        return bits % 8 == 0 ? DimMath.mul(count(type), bits / 8) : DimMath.ceilDiv(DimMath.mul(count(type), bits), 8);
    }
}
