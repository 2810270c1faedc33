package dev.lathe.optimize.compress.fp16;

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
import java.util.List;

/// Weights and arithmetic in IEEE half precision (11 significant bits, magnitudes 6·10⁻⁸ … 65504).
///
/// `f₃₂(x, W) → float32(f₁₆(float16(x), float16(W)))`, with the conversions only where halves meet floats.
public final class Fp16 implements Pass {
    static final String NAME = "fp16";

    /// Cast took the target type as a number since opset 6.
    private static final long OLDEST_OPSET = 6;

    /// Their numbers count or index (exact only up to 2048 in half precision), or they are defined on float32 alone.
    private static final String KEPT_OPERATORS = String.join(
            ",",
            "Range",
            "CumSum",
            "NonMaxSuppression",
            "RoiAlign",
            "Random*",
            "Multinomial",
            "Bernoulli",
            "EyeLike",
            "*QuantizeLinear",
            "DequantizeLinear",
            "QLinear*",
            "Resize",
            "Upsample",
            "GridSample",
            "STFT",
            "DFT",
            "MelWeightMatrix",
            "*Window");

    @Override
    public PassInfo info() {
        return new PassInfo(
                NAME,
                "Half precision (fp16)",
                "Stores weights and computes in 16-bit floating point: half the size. Weights that do not fit stay in"
                        + " 32 bits, and so do operators that count or index.",
                "f32(x, W) → float32(f16(float16(x), float16(W)))",
                List.of(
                        new OptionSpec(
                                "keep-io",
                                OptionSpec.Kind.FLAG,
                                "true",
                                List.of("true", "false"),
                                "Inputs and outputs of the model stay float32, so callers need no change."),
                        Modern.OPTION,
                        new OptionSpec(
                                "keep-quantized",
                                OptionSpec.Kind.FLAG,
                                "true",
                                List.of("true", "false"),
                                "Nodes whose results are quantized to 8 bits later stay in 32 bits: a rounding before"
                                        + " that moves the codes."),
                        new OptionSpec(
                                "check-range",
                                OptionSpec.Kind.FLAG,
                                "true",
                                List.of("true", "false"),
                                "Run the result once on made-up inputs and warn where numbers leave the range."),
                        new OptionSpec(
                                "keep-operators",
                                OptionSpec.Kind.PATTERNS,
                                KEPT_OPERATORS,
                                List.of(),
                                "Operators that stay in 32 bits (globs over operator names)."),
                        new OptionSpec(
                                "exclude",
                                OptionSpec.Kind.PATTERNS,
                                "",
                                List.of(),
                                "Nodes that stay in 32 bits (globs over node names).")),
                0.99,
                "On a CPU this is usually slower, not faster (0.66× was measured on MiniLM): most have no arithmetic in"
                        + " half precision, so the runtime converts back and forth. It halves the file, and it is fast"
                        + " on GPUs.");
    }

    @Override
    public Model run(Model model, PassContext context) throws LatheException {
        if (model.opset() < OLDEST_OPSET) {
            context.remarks()
                    .accept(Diagnostic.warning(
                            "opset-too-old",
                            "the model is of opset " + model.opset() + ", and conversions need " + OLDEST_OPSET
                                    + "; nothing was changed",
                            new Place.InPass(NAME)));
            return model;
        }
        Model plain = Modern.plainWeights(model, context);
        HalfRewrite rewrite = new HalfRewrite(plain, context);
        Model halved = EveryGraph.rewrite(EveryGraph.rewrite(plain, rewrite::shareConstants), rewrite::apply);
        rewrite.remark();
        if (halved == plain) {
            return model;
        }
        if (context.flag("check-range")) {
            new RangeCheck(context).remark(model, halved);
        }
        return halved;
    }
}
