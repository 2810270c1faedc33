package dev.lathe.optimize.compress.quantize;

import dev.lathe.graph.DType;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.Tensor;
import dev.lathe.optimize.rewrite.Constants;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Why [QuantizeDynamic] left a model as it is: what its products and their weights are like.
final class Unquantized {
    private static final Set<String> IN_INT8 =
            Set.of("MatMulInteger", "QLinearMatMul", "QGemm", "DynamicQuantizeMatMul");

    private final Constants constants;
    private final long minElements;
    private int products;
    private int withWeights;
    private int convolutions;
    private int inInt8;
    private long largest;

    private Unquantized(Model model, long minElements) {
        this.constants = Constants.of(model);
        this.minElements = minElements;
        model.graph().forEachGraph(this::count);
    }

    static String reason(Model model, long minElements) {
        return new Unquantized(model, minElements).sentence();
    }

    private void count(Graph g) {
        for (Node n : g.nodes()) {
            if (IN_INT8.contains(n.op())) {
                inInt8++;
            } else if (n.op().equals("Conv") || n.op().equals("ConvTranspose")) {
                convolutions++;
            } else if (n.op().equals("MatMul") || n.op().equals("Gemm")) {
                products++;
                Optional<Tensor> weight = constants
                        .find(n.input(1))
                        .filter(t -> t.dtype() == DType.FLOAT32 && t.dims().size() == 2);
                withWeights += weight.isPresent() ? 1 : 0;
                largest = Math.max(largest, weight.map(Tensor::elements).orElse(0L));
            }
        }
    }

    private String sentence() {
        List<String> parts = new ArrayList<>();
        if (products == 0) {
            parts.add("no MatMul or Gemm");
        } else if (withWeights == 0) {
            parts.add(products + " MatMul and Gemm, none with constant float32 weights");
        } else if (largest < minElements) {
            parts.add(String.format(
                    Locale.ROOT,
                    "%d MatMul and Gemm with constant weights, the largest of %,d values, fewer than min-elements=%,d",
                    withWeights,
                    largest,
                    minElements));
        } else {
            parts.add(withWeights + " MatMul and Gemm with constant weights, which options or transA leave out");
        }
        if (inInt8 > 0) {
            parts.add(inInt8 + " products in 8 bits already");
        }
        if (convolutions > 0) {
            parts.add(convolutions + " Conv, which this pass leaves as they are");
        }
        return "changed nothing: the model has " + String.join("; ", parts) + "; and no embedding table that would"
                + " become smaller.";
    }
}
