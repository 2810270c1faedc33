package dev.lathe.graph.analyze;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.DimTerms;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Shape;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The types of a model's inputs, with a name for every open dimension: those that the file leaves unnamed are
/// called `<input>_d<axis>`, so that the user can set them too.
public final class InputTypes {
    private InputTypes() {}

    static ValueType of(Value input, DimBindings bindings) {
        return Types.mapDims(named(input), d -> meant(d, bindings));
    }

    /// The declared type with a name for every open dimension, and names that are expressions read as such.
    public static ValueType named(Value input) {
        ValueType named = input.declared();
        if (named instanceof ValueType.TensorType t && t.shape() instanceof Shape.Ranked(List<Dim> dims)) {
            List<Dim> out = new ArrayList<>(dims.size());
            for (int i = 0; i < dims.size(); i++) {
                Dim d = dims.get(i);
                out.add(isOpen(d) ? Dim.symbol(input.name() + "_d" + i) : read(d));
            }
            named = new ValueType.TensorType(t.dtype(), Shape.of(out));
        }
        return named;
    }

    /// Whether the file leaves the extent open without a name.
    private static boolean isOpen(Dim declared) {
        return switch (declared) {
            case Dim.Fixed(long size) -> size < 0;
            case Dim.Symbol(String name) -> DimNames.isPlaceholder(name);
            case Dim.Expr e -> false;
            case Dim.Unknown u -> true;
        };
    }

    private static Dim read(Dim declared) {
        return DimMath.substitute(declared, name -> Optional.of(DimNames.read(name)));
    }

    /// A declared dimension with names that are expressions read as such, and the user's sizes put in.
    static Dim meant(Dim declared, DimBindings bindings) {
        return DimMath.substitute(
                declared,
                name -> Optional.of(Optional.ofNullable(bindings.sizes().get(name))
                        .map(Dim::of)
                        .orElseGet(() -> DimMath.substitute(DimNames.read(name), bindings.sizes()))));
    }

    /// Every named dimension of the inputs that a caller must give, with the names of the inputs that have it.
    static Map<String, List<String>> freeDims(Graph graph) {
        Map<String, List<String>> found = new LinkedHashMap<>();
        for (ValueId id : graph.requiredInputs()) {
            graph.value(id)
                    .ifPresent(v -> Types.forEachDim(
                            of(v, DimBindings.NONE),
                            d -> DimTerms.names(d, name -> {
                                List<String> inputs = found.computeIfAbsent(name, n -> new ArrayList<>());
                                if (!inputs.contains(v.name())) {
                                    inputs.add(v.name());
                                }
                            })));
        }
        return found;
    }
}
