package dev.lathe.optimize.compress.quantize;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Model;
import dev.lathe.graph.edit.EveryGraph;
import dev.lathe.optimize.OptionSpec;
import dev.lathe.optimize.Pass;
import dev.lathe.optimize.PassContext;
import dev.lathe.optimize.PassInfo;
import dev.lathe.optimize.rewrite.Modern;
import dev.lathe.optimize.rewrite.OpsetRaise;
import java.util.List;
import java.util.Optional;

/// Weights of matrix products, and embedding tables, in 8 bits; activations are quantized while the model runs,
/// so no calibration data is needed.
///
/// `X·W → sₓ·s_w · (q(X) · q(W))` · `Gather(T, i) → float(Gather(q(T), i)) · Gather(s, i)`
public final class QuantizeDynamic implements Pass {
    static final String NAME = "quantize-dynamic";

    /// DynamicQuantizeLinear came with opset 11, MatMulInteger with 10.
    private static final long NEEDED_OPSET = 11;

    @Override
    public PassInfo info() {
        return new PassInfo(
                NAME,
                "Dynamic int8",
                "Stores the weights of MatMul and Gemm, and embedding tables, in 8 bits and multiplies in whole"
                        + " numbers. Activations are quantized while the model runs: no calibration data is needed.",
                "X·W → sx·sw·(q(X)·q(W));  Gather(T, i) → float(Gather(q(T), i))·Gather(s, i)",
                List.of(
                        flag("per-column", "true", "One scale per output column of a weight, instead of one for all."),
                        flag("embeddings", "true", "Also store embedding tables in 8 bits, one scale per row."),
                        new OptionSpec(
                                "weight-type",
                                OptionSpec.Kind.CHOICE,
                                "int8",
                                List.of("int8", "uint8"),
                                "How weights are stored; uint8 is centred on 128."),
                        new OptionSpec(
                                ReducedRange.OPTION,
                                OptionSpec.Kind.CHOICE,
                                ReducedRange.AUTO,
                                List.of(ReducedRange.AUTO, "true", "false"),
                                "Use 7 bits for products: x86 processors without VNNI clip sums of full ones;"
                                        + " auto looks at this one."),
                        new OptionSpec(
                                "min-elements",
                                OptionSpec.Kind.INTEGER,
                                "1024",
                                List.of(),
                                "Leave smaller weights as they are."),
                        Modern.OPTION,
                        patterns("include", "Only nodes whose name matches one of these globs (all when empty)."),
                        patterns("exclude", "Not the nodes whose name matches one of these globs.")),
                0.97,
                "A size win is not always a speed win: measure both on your machine.");
    }

    private static OptionSpec flag(String name, String otherwise, String description) {
        return new OptionSpec(name, OptionSpec.Kind.FLAG, otherwise, List.of("true", "false"), description);
    }

    private static OptionSpec patterns(String name, String description) {
        return new OptionSpec(name, OptionSpec.Kind.PATTERNS, "", List.of(), description);
    }

    @Override
    public Model run(Model model, PassContext context) throws LatheException {
        Model quantized = Modern.plainWeights(model, context);
        DynamicRewrite rewrite = new DynamicRewrite(quantized, context);
        quantized = EveryGraph.rewrite(quantized, rewrite::apply);
        if (rewrite.changed() == 0) {
            context.remarks()
                    .accept(Diagnostic.info(
                            "nothing-to-quantize",
                            Unquantized.reason(model, Long.parseLong(context.option("min-elements"))),
                            new Place.InPass(NAME)));
            return model;
        }
        if (rewrite.products() == 0) {
            return quantized;
        }
        Optional<String> obstacle = OpsetRaise.obstacle(model, NEEDED_OPSET);
        if (obstacle.isPresent()) {
            throw new LatheException(Diagnostic.error(
                            "opset-too-old",
                            "the model is of opset " + model.opset() + ", int8 products need " + NEEDED_OPSET
                                    + ", and it cannot simply be declared newer: " + obstacle.get() + ".",
                            new Place.InPass(NAME))
                    .withRemedy("Export the model again with opset 13 or later."));
        }
        if (model.opset() < NEEDED_OPSET) {
            context.remarks()
                    .accept(Diagnostic.info(
                            "opset-raised",
                            "opset " + model.opset() + " became " + NEEDED_OPSET
                                    + ": every operator of the model means the same in both",
                            new Place.InPass(NAME)));
        }
        ReducedRange.of(context).remark(NAME).ifPresent(context.remarks());
        return OpsetRaise.to(quantized, NEEDED_OPSET);
    }
}
