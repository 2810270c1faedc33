package dev.lathe.graph.op;

import dev.lathe.graph.Attrs;
import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Extra;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.Shape;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What an operator is given to infer its outputs, and where it tells what it found.
public interface InferContext {

    Node node();

    /// Version of the node's domain.
    long opset();

    /// The node's attributes, references to a function's attributes resolved.
    Attrs attrs();

    /// What is known about an input; nothing for one that is left out.
    Known input(int index);

    /// The tensor behind an input that is constant.
    Optional<Tensor> constant(int index);

    void output(int index, ValueType type);

    /// Tells that an output is this constant.
    void constantOutput(int index, Tensor tensor);

    /// Tells that an output is the tensor that a sparse attribute, kept in wire form, is once unpacked: its type, not
    /// what is in it.
    void sparseOutput(int index, Extra attribute);

    /// Tells the elements of an integer output whose type was told before.
    void elements(int output, List<Dim> elements);

    /// Tells the numbers of a tiny float tensor whose type was told before.
    void reals(int output, List<Double> numbers);

    /// Tells what sizes the fractions in a float output, whose type was told before, are parts of.
    void quotients(int output, List<Quotient> parts);

    /// Tells the type of an output and what is in it.
    void know(int output, Known known);

    /// A name for an extent of this output that depends on data, so that people can set it.
    Dim named(int output, int axis);

    /// Both dimensions must be the same: the one that says more. A named dimension that meets a fixed one is
    /// that size from here on; two different sizes become a diagnostic.
    Dim unify(Dim a, Dim b);

    /// Reports that the node cannot be right for these sizes, in a sentence without the node's name: an error, since no
    /// runtime runs it; inside a branch or loop only a remark.
    void contradiction(String sentence);

    /// Reports what ONNX Runtime looks at when it loads the model, in branches that never run as well, such as ranks
    /// and axes: an error there, too; inside a loop, whose sizes may change, only a remark.
    void misfit(String sentence);

    /// The same of a content that ONNX Runtime sees when it loads the model only where it is constant: a contradiction
    /// where `input` is none.
    default void misfitOf(int input, String sentence) {
        if (!has(input) || constant(input).isPresent()) {
            misfit(sentence);
        } else {
            contradiction(sentence);
        }
    }

    /// Reports what is wrong by the standard, though a runtime runs it.
    void doubt(String sentence);

    /// Reports that the node cannot be right whatever the sizes are: an error inside a branch, too.
    void fault(String sentence);

    /// Whether contents are still followed: where what a model may hold is used up, making them is work for nothing.
    boolean followsContents();

    /// Whether something was told that makes this node an error, or in a branch a remark.
    boolean isWrong();

    /// Infers a graph that this node holds, given what is known about its formal inputs; returns what is known
    /// about its outputs.
    List<Known> body(Graph graph, List<Known> formals);

    /// What `work` finds by going through a graph that this node holds, at most so many times, with more known
    /// than holds whenever it runs; the values in the graph keep what was known of them before. Empty where that
    /// takes too much.
    List<Known> aside(Graph graph, long rounds, Supplier<List<Known>> work);

    /// How many contradictions were met so far, in this node's bodies too: a branch that cannot be right for these
    /// sizes is not the one that runs. Doubts are none: the branch may run all the same.
    int contradictions();

    /// Sets how many count: those in a branch that does not run say nothing about the graph around it.
    void contradictions(int counted);

    /// Tells that of all graphs that this node holds only the one of this attribute can run.
    void only(String attr);

    /// Tells how often the graph that this node holds runs.
    void trips(Dim count);

    /// What is told of this node is more than ONNX Runtime knows when it loads the model, though it knew as much of the
    /// inputs: it is no error there that it does not fit elsewhere.
    void beyondLoading();

    default int inputs() {
        return node().inputs().size();
    }

    default int outputs() {
        return node().outputs().size();
    }

    default boolean has(int input) {
        return node().input(input).isPresent();
    }

    default ValueType type(int input) {
        return input(input).type();
    }

    default Shape shape(int input) {
        return type(input).shape();
    }

    default Optional<DType> dtype(int input) {
        return type(input).dtype();
    }

    /// The dimensions of an input whose rank is known.
    default Optional<List<Dim>> dims(int input) {
        return shape(input) instanceof Shape.Ranked r ? Optional.of(r.dims()) : Optional.empty();
    }

    default Optional<List<Dim>> elements(int input) {
        return input(input).elements();
    }

    /// The elements of a vector of sizes; as many unknown ones where only its length is known.
    default Optional<List<Dim>> vector(int input) {
        return elements(input)
                .or(() -> Rules.shapeFrom(input(input)) instanceof Shape.Ranked(List<Dim> dims)
                        ? Optional.of(dims)
                        : Optional.empty());
    }

    /// The elements of an input when all are fixed numbers.
    default Optional<List<Long>> numbers(int input) {
        return elements(input).flatMap(all -> {
            List<Long> numbers = new ArrayList<>(all.size());
            for (Dim d : all) {
                if (!(d instanceof Dim.Fixed(long n))) {
                    return Optional.empty();
                }
                numbers.add(n);
            }
            return Optional.of(Collections.unmodifiableList(numbers));
        });
    }

    default void output(int index, Optional<DType> dtype, Shape shape) {
        output(index, new ValueType.TensorType(dtype, shape));
    }

    /// An output whose element type follows from the schema.
    default void output(int index, Shape shape) {
        output(index, Optional.empty(), shape);
    }

    default void output(int index, List<Dim> dims) {
        output(index, Optional.empty(), Shape.of(dims));
    }
}
