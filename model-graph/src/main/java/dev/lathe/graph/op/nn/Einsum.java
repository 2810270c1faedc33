package dev.lathe.graph.op.nn;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Einstein summation: one multiply-accumulate per combination of all labels for each input after the
/// first.
public final class Einsum implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Einsum", 12, 28)
            .manyIn("Inputs", "T")
            .out("Output", "T")
            .required("equation", AttrSpec.Kind.STRING)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Equation e = Equation.of(c.attrs().stringOr("equation", ""));
        Map<Character, Dim> sizes = new HashMap<>();
        for (int i = 0; i < c.inputs() && i < e.inputs().size(); i++) {
            String labels = e.inputs().get(i);
            List<Dim> dims = c.dims(i).filter(d -> d.size() == labels.length()).orElse(List.of());
            for (int k = 0; k < dims.size(); k++) {
                Dim d = dims.get(k);
                sizes.merge(
                        labels.charAt(k),
                        d,
                        (x, y) -> x.equals(Dim.of(1)) ? y : y.equals(Dim.of(1)) ? x : c.unify(x, y));
            }
        }
        if (!e.hasEllipsis()) {
            List<Dim> out = new ArrayList<>();
            e.output().chars().forEach(l -> out.add(sizes.getOrDefault((char) l, Dim.unknown())));
            c.output(0, out);
        }
    }

    @Override
    public OpCost cost(CostContext c) {
        Equation e = Equation.of(c.attrs().stringOr("equation", ""));
        Map<Character, Dim> sizes = new HashMap<>();
        for (int i = 0; i < e.inputs().size(); i++) {
            for (int k = 0; k < e.inputs().get(i).length(); k++) {
                sizes.merge(e.inputs().get(i).charAt(k), c.dim(i, k), DimMath::max);
            }
        }
        Dim all = e.hasEllipsis() || !c.attrs().has("equation") ? Dim.unknown() : DimMath.product(sizes.values());
        int products = e.inputs().size() - 1;
        return products < 1 ? OpCost.ofFlops(all) : OpCost.ofMacs(DimMath.mul(all, products), Dim.of(0));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }

    /// The labels of each input and of the output; without `->` the labels that occur once, in order.
    private record Equation(List<String> inputs, String output) {
        static Equation of(String text) {
            String[] sides = text.replace(" ", "").split("->", -1);
            List<String> inputs = List.of(sides[0].split(",", -1));
            if (sides.length > 1) {
                return new Equation(inputs, sides[1]);
            }
            StringBuilder once = new StringBuilder();
            sides[0].chars()
                    .filter(l -> l != ',' && sides[0].indexOf(l) == sides[0].lastIndexOf(l))
                    .sorted()
                    .forEach(l -> once.append((char) l));
            return new Equation(inputs, once.toString());
        }

        boolean hasEllipsis() {
            return output.contains(".") || inputs.stream().anyMatch(i -> i.contains("."));
        }
    }
}
