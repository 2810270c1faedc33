package dev.lathe.profile.insight;

import dev.lathe.core.Quantity;
import dev.lathe.graph.DType;
import dev.lathe.graph.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Products with constant weights in float32 on a device that multiplies 8-bit integers faster.
public final class LowerPrecision implements InsightRule {
    /// Quantizing activations while the model runs costs too: a smaller lead is lost to it.
    private static final double CLEAR_LEAD = 1.5;

    private static final double LEAST_PART = 0.1;
    private static final Set<String> OPS = Set.of("MatMul", "Gemm");

    @Override
    public String id() {
        return "lower-precision";
    }

    @Override
    public String title() {
        return "products that would be faster in 8 bits";
    }

    @Override
    public Verdict check(RunFacts facts) {
        if (facts.withoutLayers().isPresent()) {
            return new Verdict.NotChecked(facts.withoutLayers().get());
        }
        if (facts.roof().isEmpty()) {
            return new Verdict.NotChecked(FarFromCeiling.NO_CEILINGS);
        }
        Optional<Quantity> floats =
                Optional.ofNullable(facts.roof().get().peaks().get(DType.FLOAT32));
        Optional<Quantity> bytes =
                Optional.ofNullable(facts.roof().get().peaks().get(DType.INT8));
        if (floats.isEmpty() || bytes.isEmpty()) {
            return new Verdict.NotChecked("this device's products of 8-bit integers could not be measured");
        }
        double lead = bytes.get().value() / floats.get().value();
        if (lead < CLEAR_LEAD) {
            return new Verdict.Clean(Words.text(
                    "this device multiplies 8-bit integers %s times as fast as float32: too little to win",
                    Words.number(lead)));
        }
        List<LayerBound> products = LayerBound.all(facts, facts.roof().get()).stream()
                .filter(l -> OPS.contains(l.node().op())
                        && l.dtype() == DType.FLOAT32
                        && l.weights() > 0
                        && !l.memoryBound())
                .toList();
        Duration took = LayerBound.took(products);
        if (facts.part(took) < LEAST_PART) {
            return new Verdict.Clean(Words.text(
                    "products with constant float32 weights that wait for arithmetic take %s of the run",
                    Words.percent(facts.part(took))));
        }
        List<NodeId> places =
                facts.byTime(products.stream().map(l -> l.node().id()).toList());
        return Verdict.found(Finding.gaining(
                id(),
                Words.count(products.size(), "product") + " in float32 would be faster in 8 bits",
                Words.text(
                        "This device measured %sOP/s on 8-bit integers and %sFLOP/s on float32, %s times as much."
                                + " %s take %s of each run.",
                        Words.giga(bytes.get().value()),
                        Words.giga(floats.get().value()),
                        Words.number(lead),
                        Words.operators(products.stream().map(LayerBound::node).toList()),
                        Words.time(took)),
                Remedy.pass(
                        "Store their weights in 8 bits (a quarter of the size too), then compare latency and outputs.",
                        "quantize-dynamic"),
                places,
                facts.gain(Duration.ofNanos(Math.round(took.toNanos() * (1 - 1 / lead))), Gain.Kind.AT_MOST)));
    }
}
