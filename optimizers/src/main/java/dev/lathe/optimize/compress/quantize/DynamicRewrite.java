package dev.lathe.optimize.compress.quantize;

import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.DType;
import dev.lathe.graph.Editor;
import dev.lathe.graph.Graph;
import dev.lathe.graph.IdSpace;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.Origin;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import dev.lathe.optimize.NodePatterns;
import dev.lathe.optimize.PassContext;
import dev.lathe.optimize.rewrite.Constants;
import dev.lathe.optimize.rewrite.Elements;
import dev.lathe.optimize.rewrite.Leftovers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The rewrite of [QuantizeDynamic], graph by graph, in the shape that ONNX Runtime fuses to one kernel:
/// DynamicQuantizeLinear → MatMulInteger → Cast → Mul (→ Add). One DynamicQuantizeLinear serves all products of
/// the same activation.
final class DynamicRewrite {
    private final Constants constants;
    private final PassContext context;
    private final NodePatterns include;
    private final NodePatterns exclude;
    private final long minElements;
    private final Int8Weights.Format format;
    private final Int8Weights.Groups groups;
    private final Set<ValueId> keptTables;
    private final int candidates;
    private int seen;
    private int products;
    private int tables;

    DynamicRewrite(Model model, PassContext context) {
        this.constants = Constants.of(model);
        this.context = context;
        this.include = NodePatterns.parse(context.option("include"));
        this.exclude = NodePatterns.parse(context.option("exclude"));
        this.minElements = Long.parseLong(context.option("min-elements"));
        this.format = new Int8Weights.Format(
                context.option("weight-type").equals("uint8"),
                ReducedRange.of(context).isWanted());
        this.groups = context.flag("per-column") ? Int8Weights.Groups.COLUMNS : Int8Weights.Groups.ALL;
        this.keptTables = keptTables(model);
        int[] count = {0};
        model.graph().forEachGraph(g -> count[0] += g.nodes().size());
        this.candidates = Math.max(1, count[0]);
    }

    int changed() {
        return products + tables;
    }

    int products() {
        return products;
    }

    /// Tables that something else than a lookup reads (a tied output layer, an excluded lookup): a second copy
    /// in 8 bits would make the model larger.
    private Set<ValueId> keptTables(Model model) {
        Set<ValueId> kept = new HashSet<>();
        model.graph().forEachGraph(g -> {
            kept.addAll(g.outputs());
            for (Node n : g.nodes()) {
                for (int i = 0; i < n.inputs().size(); i++) {
                    if (i > 0 || !isLookup(n) || !chosen(n)) {
                        kept.add(n.input(i));
                    }
                }
            }
        });
        return kept;
    }

    private boolean chosen(Node n) {
        return (include.isEmpty() || include.match(n)) && !exclude.match(n);
    }

    private static boolean isLookup(Node n) {
        return n.op().equals("Gather")
                && Constants.isDefaultDomain(n.domain())
                && n.attrs().intOr("axis", 0) == 0;
    }

    Graph apply(Graph graph, IdSpace ids) {
        InGraph in = new InGraph(graph.edit(ids), graph);
        for (Node n : graph.nodes()) {
            context.job().checkCancelled();
            context.job().progress((double) seen++ / candidates, "quantizing · " + n.shownName());
            if (chosen(n) && Constants.isDefaultDomain(n.domain())) {
                switch (n.op()) {
                    case "MatMul" -> weight(n.input(1)).ifPresent(w -> in.product(n, w));
                    case "Gemm" -> {
                        if (n.attrs().intOr("transA", 0) == 0) {
                            weight(n.input(1)).ifPresent(w -> in.product(n, w));
                        }
                    }
                    case "Gather" -> {
                        if (context.flag("embeddings") && isLookup(n) && !keptTables.contains(n.input(0))) {
                            weight(n.input(0)).filter(DynamicRewrite::pays).ifPresent(t -> in.lookup(n, t));
                        }
                    }
                    default -> {
                        // every other operator stays as it is
                    }
                }
            }
        }
        return in.commit();
    }

    /// A row's scale takes four bytes: narrow tables (a column of scales, say) would not become smaller.
    private static boolean pays(Tensor table) {
        return table.dims().get(1) >= 8;
    }

    private Optional<Tensor> weight(ValueId id) {
        return constants
                .find(id)
                .filter(t -> t.dtype() == DType.FLOAT32
                        && t.dims().size() == 2
                        && t.elements() >= Math.max(1, minElements)
                        && t.data().isPresent());
    }

    /// What is shared within one graph.
    private final class InGraph {
        private final Editor edit;
        private final Graph graph;
        private final Map<ValueId, List<ValueId>> activations = new HashMap<>();
        private final Map<Stored, Placed> weights = new HashMap<>();
        private final Set<ValueId> replaced = new HashSet<>();
        private boolean any;

        private record Stored(ValueId weight, boolean transposed, Int8Weights.Groups groups, float factor) {}

        private record Placed(ValueId values, ValueId scales, Optional<ValueId> zeros) {}

        InGraph(Editor edit, Graph graph) {
            this.edit = edit;
            this.graph = graph;
        }

        void product(Node n, Tensor weight) {
            boolean gemm = n.op().equals("Gemm");
            boolean transposed = gemm && n.attrs().intOr("transB", 0) != 0;
            float alpha = gemm ? n.attrs().floatOr("alpha", 1) : 1;
            Placed w = place(n, n.input(1), weight, transposed, groups, alpha);
            List<ValueId> x = quantized(n);
            ValueId whole = step(n, "int8", DType.INT32);
            ValueId real = step(n, "float", DType.FLOAT32);
            ValueId scale = step(n, "scale", DType.FLOAT32);
            List<ValueId> factors = new ArrayList<>(List.of(x.get(0), w.values(), x.get(2)));
            w.zeros().ifPresent(factors::add);
            put(n, "MatMulInteger", "int8", factors, whole, Attrs.NONE);
            put(n, "Cast", "float", List.of(whole), real, toFloat());
            put(n, "Mul", "scale", List.of(x.get(1), w.scales()), scale, Attrs.NONE);
            if (gemm && n.input(2).isPresent() && n.attrs().floatOr("beta", 1) != 0) {
                ValueId scaled = step(n, "scaled", DType.FLOAT32);
                put(n, "Mul", "scaled", List.of(real, scale), scaled, Attrs.NONE);
                put(n, "Add", "bias", List.of(scaled, bias(n)), n.output(0), Attrs.NONE);
            } else {
                put(n, "Mul", "scaled", List.of(real, scale), n.output(0), Attrs.NONE);
            }
            edit.remove(n.id());
            replaced.add(n.input(1));
            any = true;
            products++;
        }

        private ValueId bias(Node gemm) {
            float beta = gemm.attrs().floatOr("beta", 1);
            if (beta == 1) {
                return gemm.input(2);
            }
            ValueId factor =
                    edit.addInitializer(nameOf(gemm) + "_beta", Elements.float32(List.of(), new float[] {beta}));
            ValueId scaled = step(gemm, "beta_bias", DType.FLOAT32);
            put(gemm, "Mul", "beta", List.of(gemm.input(2), factor), scaled, Attrs.NONE);
            return scaled;
        }

        void lookup(Node n, Tensor table) {
            Placed t = place(n, n.input(0), table, false, Int8Weights.Groups.ROWS, 1);
            ValueId row = step(n, "int8", format.dtype());
            ValueId real = step(n, "float", DType.FLOAT32);
            ValueId scale = step(n, "scale", DType.FLOAT32);
            put(n, "Gather", "int8", List.of(t.values(), n.input(1)), row, n.attrs());
            put(n, "Cast", "float", List.of(row), real, toFloat());
            put(n, "Gather", "scale", List.of(t.scales(), n.input(1)), scale, n.attrs());
            put(n, "Mul", "scaled", List.of(real, scale), n.output(0), Attrs.NONE);
            edit.remove(n.id());
            replaced.add(n.input(0));
            any = true;
            tables++;
        }

        /// Quantized values, scale and zero point of the node's activation.
        private List<ValueId> quantized(Node n) {
            return activations.computeIfAbsent(n.input(0), x -> {
                String name = graph.value(x).isPresent() ? graph.nameOf(x) : nameOf(n) + "_input";
                List<ValueId> made = List.of(
                        edit.addValue(name + "_quantized", ValueType.unknown()),
                        edit.addValue(name + "_scale", ValueType.unknown()),
                        edit.addValue(name + "_zero_point", ValueType.unknown()));
                edit.addBefore(
                        n.id(),
                        Node.of(
                                edit.newNodeId(),
                                n.name().isEmpty() ? "" : n.name() + "_quantize",
                                "DynamicQuantizeLinear",
                                List.of(x),
                                made,
                                origin(n)));
                return made;
            });
        }

        private Placed place(
                Node reader, ValueId id, Tensor tensor, boolean transposed, Int8Weights.Groups by, float factor) {
            return weights.computeIfAbsent(new Stored(id, transposed, by, factor), s -> {
                Int8Weights.Format as = by == Int8Weights.Groups.ROWS ? new Int8Weights.Format(false, false) : format;
                Int8Weights q = Int8Weights.of(tensor, transposed, by, factor, as, context.job());
                String name = graph.value(id).isPresent()
                        ? graph.nameOf(id)
                        : "outer_" + id.index() + "_" + reader.id().index();
                Tensor scales = by == Int8Weights.Groups.ROWS
                        // A column, so that a looked-up scale stands beside its row.
                        ? Tensor.of(
                                DType.FLOAT32,
                                List.of(tensor.dims().getFirst(), 1L),
                                q.scales().data())
                        : q.scales();
                return new Placed(
                        edit.addInitializer(name + "_quantized", q.values()),
                        edit.addInitializer(name + "_scale", scales),
                        q.zeros().map(z -> edit.addInitializer(name + "_zero_point", z)));
            });
        }

        private ValueId step(Node n, String suffix, DType dtype) {
            return edit.addValue(nameOf(n) + "_" + suffix, ValueType.tensor(dtype, dev.lathe.graph.Shape.unranked()));
        }

        private String nameOf(Node n) {
            return graph.nameOf(n.output(0));
        }

        private void put(Node of, String op, String suffix, List<ValueId> inputs, ValueId output, Attrs attrs) {
            edit.addBefore(
                    of.id(),
                    Node.of(
                                    edit.newNodeId(),
                                    of.name().isEmpty() ? "" : of.name() + "_" + suffix,
                                    op,
                                    inputs,
                                    List.of(output),
                                    origin(of))
                            .withAttrs(attrs));
        }

        private Origin origin(Node n) {
            return new Origin.Derived(QuantizeDynamic.NAME, List.of(n.origin()));
        }

        private Attrs toFloat() {
            return Attrs.NONE.with("to", Attr.of(DType.FLOAT32.onnxCode()));
        }

        Graph commit() {
            if (!any) {
                return graph;
            }
            Graph done = edit.commit();
            return Leftovers.drop(done, replaced);
        }
    }
}
