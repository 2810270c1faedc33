package dev.lathe.graph.op.nn;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Shape;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.Broadcast;
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
import java.util.Optional;
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
        Shape ellipsis = Shape.of();
        boolean known = true;
        if (e.inputs().size() != c.inputs()) {
            c.fault("its equation is for " + e.inputs().size() + " inputs, the node has " + c.inputs());
        }
        for (int i = 0; i < c.inputs() && i < e.inputs().size(); i++) {
            Optional<Labelled> in = Labelled.of(e.inputs().get(i), c.shape(i));
            known &= in.isPresent();
            if (in.isEmpty() && c.dims(i).isPresent()) {
                c.misfit("the term '" + e.inputs().get(i) + "' of its equation does not fit an input of rank "
                        + c.dims(i).get().size());
            }
            in.ifPresent(x -> x.labels().forEach((label, d) -> sizes.merge(label, d, (a, b) -> meet(c, a, b))));
            ellipsis =
                    in.isPresent() ? Broadcast.of(c, ellipsis, Shape.of(in.get().rest())) : ellipsis;
        }
        letters(c, e);
        if (!known && e.hasEllipsis() || !(ellipsis instanceof Shape.Ranked(List<Dim> rest))) {
            return;
        }
        List<Dim> out = new ArrayList<>();
        String labels = e.output().replace("...", ".");
        for (char label : labels.toCharArray()) {
            out.addAll(label == '.' ? rest : List.of(sizes.getOrDefault(label, Dim.unknown())));
        }
        c.output(0, out);
    }

    /// Every letter of the output is one of the inputs, and none is there twice; a letter that an input has twice means
    /// two axes of one extent.
    private static void letters(InferContext c, Equation e) {
        String given = String.join("", e.inputs());
        String output = e.output().replace(".", "");
        for (int i = 0; i < output.length(); i++) {
            char letter = output.charAt(i);
            if (given.indexOf(letter) < 0) {
                c.contradiction("the letter '" + letter + "' of its output is in none of its inputs");
                return;
            }
            if (output.indexOf(letter) < i) {
                c.contradiction("the letter '" + letter + "' is twice in its output");
                return;
            }
        }
        for (int i = 0; i < c.inputs() && i < e.inputs().size(); i++) {
            String term = e.inputs().get(i);
            if (c.dims(i).filter(d -> d.size() == term.length()).isPresent() && !term.contains(".")) {
                List<Dim> dims = c.dims(i).get();
                for (int at = 0; at < term.length(); at++) {
                    int first = term.indexOf(term.charAt(at));
                    if (dims.get(first) instanceof Dim.Fixed(long n)
                            && dims.get(at) instanceof Dim.Fixed(long m)
                            && n != m) {
                        c.contradiction("the letter '" + term.charAt(at) + "' stands for " + n + " and " + m + " in '"
                                + term + "'");
                        return;
                    }
                }
            }
        }
    }

    private static Dim meet(InferContext c, Dim a, Dim b) {
        return a.equals(Dim.of(1)) ? b : b.equals(Dim.of(1)) ? a : c.unify(a, b);
    }

    @Override
    public OpCost cost(CostContext c) {
        Equation e = Equation.of(c.attrs().stringOr("equation", ""));
        Map<Character, Dim> sizes = new HashMap<>();
        Dim rest = Dim.of(1);
        boolean known = c.attrs().has("equation");
        for (int i = 0; i < e.inputs().size(); i++) {
            Optional<Labelled> in = Labelled.of(e.inputs().get(i), c.input(i).shape());
            known &= in.isPresent();
            in.ifPresent(x -> x.labels().forEach((label, d) -> sizes.merge(label, d, DimMath::max)));
            rest = in.isPresent() ? DimMath.max(rest, DimMath.product(in.get().rest())) : rest;
        }
        Dim all = known ? DimMath.mul(rest, DimMath.product(sizes.values())) : Dim.unknown();
        int products = e.inputs().size() - 1;
        return products < 1 ? OpCost.ofFlops(all) : OpCost.ofMacs(DimMath.mul(all, products), Dim.of(0));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }

    /// The extents of one input by their labels, and those that an ellipsis stands for. A label that occurs twice
    /// means the diagonal.
    private record Labelled(Map<Character, Dim> labels, List<Dim> rest) {
        static Optional<Labelled> of(String term, Shape shape) {
            if (!(shape instanceof Shape.Ranked(List<Dim> dims))) {
                return Optional.empty();
            }
            String labels = term.replace("...", ".");
            int dots = labels.indexOf('.');
            int rest = dots < 0 ? 0 : dims.size() - (labels.length() - 1);
            if (rest < 0 || dots < 0 && labels.length() != dims.size()) {
                return Optional.empty();
            }
            Map<Character, Dim> found = new HashMap<>();
            for (int i = 0; i < labels.length(); i++) {
                if (i != dots) {
                    found.put(labels.charAt(i), dims.get(dots < 0 || i < dots ? i : i + rest - 1));
                }
            }
            return Optional.of(new Labelled(found, dots < 0 ? List.of() : dims.subList(dots, dots + rest)));
        }
    }

    /// The labels of each input and of the output; without `->` the labels that occur once, in order.
    private record Equation(List<String> inputs, String output) {
        static Equation of(String text) {
            String[] sides = text.replace(" ", "").split("->", -1);
            List<String> inputs = List.of(sides[0].split(",", -1));
            if (sides.length > 1) {
                return new Equation(inputs, sides[1]);
            }
            StringBuilder once = new StringBuilder(sides[0].contains("...") ? "..." : "");
            sides[0].chars()
                    .filter(l -> l != ',' && l != '.' && sides[0].indexOf(l) == sides[0].lastIndexOf(l))
                    .sorted()
                    .forEach(l -> once.append((char) l));
            return new Equation(inputs, once.toString());
        }

        boolean hasEllipsis() {
            return output.contains(".") || inputs.stream().anyMatch(i -> i.contains("."));
        }
    }
}
