package dev.lathe.profile;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Model;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.input.Elements;
import dev.lathe.profile.input.Filling;
import dev.lathe.profile.input.InputShape;
import dev.lathe.profile.input.IntegerUses;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Random inputs that a model accepts: of its inputs' types, with the sizes of the analysis (assumed ones where
/// it leaves a dimension free), and integers within the range that the graph allows. What steers the graph makes it
/// work: a Loop turns three times, an If takes one branch with odd seeds and the other with even ones.
///
/// The same model, sizes and seed give the same bytes on every machine.
public final class InputGenerator {
    private static final long MOST_BYTES = 1L << 34;

    private InputGenerator() {}

    /// One tensor for each input that a caller must give, by name, in the model's order.
    ///
    /// @throws LatheException when an input is no dense tensor, has an unknown type, or would not fit in memory
    public static Map<String, HostTensor> generate(Model model, Analysis analysis, long seed) throws LatheException {
        DimBindings sizes = DefaultDims.complete(model, analysis.dims());
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        long longest = 1;
        for (Value input : InputShape.required(model.graph())) {
            List<Long> dims = dims(input, sizes);
            shapes.put(input.name(), dims);
            boolean tokens = !input.declared().dtype().map(DType::isFloat).orElse(true);
            if (tokens && dims.size() > 1) {
                longest = Math.max(longest, dims.getLast());
            }
        }
        IntegerUses uses = new IntegerUses(model, analysis);
        Map<String, HostTensor> made = new LinkedHashMap<>();
        for (Value input : InputShape.required(model.graph())) {
            made.put(input.name(), tensor(input, shapes, uses, longest, seed));
        }
        return Collections.unmodifiableMap(made);
    }

    private static HostTensor tensor(
            Value input, Map<String, List<Long>> shapes, IntegerUses uses, long longest, long seed)
            throws LatheException {
        List<Long> dims = shapes.getOrDefault(input.name(), List.of());
        if (!(input.declared() instanceof ValueType.TensorType t) || t.dtype().isEmpty()) {
            throw problem(
                    input,
                    "its type is " + input.declared() + ", and Lathe makes random inputs only for dense tensors.");
        }
        DType dtype = t.dtype().get();
        if (dtype == DType.STRING) {
            long count = dims.stream().reduce(1L, (a, b) -> a * b);
            return new HostTensor(
                    dtype,
                    dims,
                    MemorySegment.ofArray(new byte[0]),
                    Collections.nCopies(Math.toIntExact(count), "lathe"));
        }
        double bytes = dims.stream().mapToDouble(d -> d).reduce(1, (a, b) -> a * b) * dtype.bits() / 8;
        if (bytes > MOST_BYTES) {
            throw problem(input, "with the sizes " + dims + " it would take more than 16 GiB.");
        }
        // A stream of its own for each input: another input more or less does not change it.
        Random random = new Random(seed * 0x9E3779B97F4A7C15L + input.name().hashCode());
        Filling filling = Filling.of(input, dims, uses.of(input.id()), longest, seed);
        return HostTensor.of(dtype, dims, Elements.write(dtype, dims, filling, random));
    }

    private static List<Long> dims(Value input, DimBindings sizes) throws LatheException {
        List<Dim> named = InputShape.named(input)
                .orElseThrow(() -> problem(input, "the model does not say how many dimensions it has."));
        List<Long> dims = new ArrayList<>(named.size());
        for (Dim d : named) {
            long size = InputShape.size(d, sizes.sizes())
                    .orElseThrow(() -> problem(input, "the size of its dimension " + d + " is not known."));
            if (size < 0) {
                throw problem(input, "its dimension " + d + " comes out as " + size + ".");
            }
            dims.add(size);
        }
        return dims;
    }

    private static LatheException problem(Value input, String message) {
        return new LatheException(Diagnostic.error("input-not-generated", message, new Place.AtValue(input.name())));
    }
}
