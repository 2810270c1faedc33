package dev.lathe.graph.op.tensor;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.Axes;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import dev.lathe.graph.op.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Blocks added back into an image: one addition per input element.
public final class Col2Im implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Col2Im", 18)
            .in("input", "T")
            .rank(3)
            .in("image_shape", "int64")
            .rank(1)
            .in("block_shape", "int64")
            .rank(1)
            .out("output", "T")
            .attr("dilations", AttrSpec.Kind.INTS)
            .attr("pads", AttrSpec.Kind.INTS)
            .attr("strides", AttrSpec.Kind.INTS)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Optional<Integer> axes = Axes.count(c, 1).or(() -> Axes.count(c, 2));
        boolean fits = axes.isEmpty()
                || Axes.count(c, 2).filter(n -> !n.equals(axes.get())).isEmpty();
        for (String name : List.of("dilations", "pads", "strides")) {
            int each = name.equals("pads") ? 2 : 1;
            fits &= axes.isEmpty()
                    || c.attrs()
                            .ints(name)
                            .filter(all -> all.size() != each * axes.get())
                            .isEmpty();
        }
        if (!fits) {
            c.misfit("its blocks, dilations, pads and strides must have a number (pads: two) for each axis of"
                    + " the image");
            return;
        }
        c.dims(0)
                .filter(d -> d.size() == 3)
                .ifPresent(d -> c.vector(1).ifPresent(size -> {
                    Dim block = c.elements(2).map(DimMath::product).orElse(Dim.unknown());
                    List<Dim> out = new ArrayList<>(List.of(d.get(0), DimMath.floorDiv(d.get(1), block)));
                    out.addAll(size);
                    c.output(0, out);
                    places(c, d, block, size);
                }));
    }

    /// The blocks fit in at as many places as the input has columns.
    private static void places(InferContext c, List<Dim> columns, Dim block, List<Dim> image) {
        Sizes sizes = Sizes.atRun(c);
        if (block instanceof Dim.Fixed(long n)) {
            sizes.divides(columns.get(1), n, "channels in blocks");
        }
        Optional<List<Dim>> blocks = c.elements(2).filter(b -> b.size() == image.size());
        if (blocks.isEmpty()) {
            return;
        }
        Dim places = Dim.of(1);
        for (int i = 0; i < image.size(); i++) {
            long pads = Windows.at(c, "pads", i, 0) + Windows.at(c, "pads", i + image.size(), 0);
            Dim extent =
                    DimMath.add(DimMath.mul(DimMath.sub(blocks.get().get(i), 1), Windows.at(c, "dilations", i, 1)), 1);
            Dim room = DimMath.sub(DimMath.add(image.get(i), pads), extent);
            places = DimMath.mul(places, DimMath.add(DimMath.floorDiv(room, Windows.at(c, "strides", i, 1)), 1));
        }
        sizes.extent(0, 2, places);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.perInputElement(c, 1);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
