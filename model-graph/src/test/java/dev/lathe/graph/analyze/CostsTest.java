package dev.lathe.graph.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Node;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CostsTest {

    @Test
    void aMultiplyAccumulateIsTwoFlopsAndABiasOneMore() {
        Analysed a = Analysed.graph(
                "(x: float32[2, 16]) -> (y)",
                "const w = float32[1, 1] {0.5}",
                "const b = float32[4] {0.0, 0.0, 0.0, 0.0}",
                "const to = int64[2] {16, 4}",
                "wide = Expand(w, to)",
                "y = Gemm(x, wide, b)");
        assertThat(a.cost("y").macs()).isEqualTo(Dim.of(2 * 16 * 4));
        assertThat(a.cost("y").flops()).isEqualTo(Dim.of(2 * 2 * 16 * 4 + 2 * 4));
        assertThat(a.cost("y").bytesRead()).isEqualTo(Dim.of(4 * (2 * 16 + 16 * 4 + 4)));
        assertThat(a.cost("y").bytesWritten()).isEqualTo(Dim.of(4 * 2 * 4));
    }

    @Test
    void whatWouldHaveLessThanNoElementsHasNoKnownCost() {
        Analysed a =
                Analysed.graph("(x: float32[4]) -> (y)", "const k = int64[2] {-9, -9}", "p = Pad(x, k)", "y = Exp(p)");
        assertThat(a.type("y")).isEqualTo("float32[?]");
        assertThat(a.cost("y").flops()).isEqualTo(Dim.unknown());
        assertThat(a.total().flops()).isEqualTo(Dim.unknown());
        assertThat(a.peak()).isEqualTo(Dim.unknown());
    }

    @Test
    void anInitializerThatTwoNodesShareCountsOnceAtTheFirst() {
        Analysed a = Analysed.graph(
                "(x: float32[n, 2]) -> (z)",
                "const w = float32[2, 2] {1.0, 2.0, 3.0, 4.0}",
                "y = MatMul(x, w)",
                "z = MatMul(y, w)");
        assertThat(a.cost("y").parameters()).isEqualTo(Dim.of(4));
        assertThat(a.cost("z").parameters())
                .as("so that layers add up to the total")
                .isEqualTo(Dim.of(0));
        assertThat(a.total().parameters()).isEqualTo(Dim.of(4));
        assertThat(a.total().parameterBytes()).isEqualTo(Dim.of(16));
        assertThat(a.total().macs().toString()).isEqualTo("(8 * n)");
        assertThat(a.with(Map.of("n", 3L)).total().macs()).isEqualTo(Dim.of(24));
    }

    @Test
    void viewsCostNothingAndMovementNoArithmetic() {
        Analysed a = Analysed.graph(
                "(x: float32[4, 6]) -> (t)", "const to = int64[2] {6, 4}", "r = Reshape(x, to)", "t = Transpose(r)");
        assertThat(a.cost("r").bytesRead()).isEqualTo(Dim.of(0));
        assertThat(a.cost("t").flops()).isEqualTo(Dim.of(0));
        assertThat(a.cost("t").bytesRead()).isEqualTo(Dim.of(96));
    }

    @Test
    void aBranchCostsItsDearerSideAndALoopItsBodyTimesTheTrips() {
        Analysed a = Analysed.graph(
                "(x: float32[8], flag: bool[], n: int64[]) -> (y, l, m)",
                "y = If(flag) {then_branch = graph yes () -> (a) {",
                "  a = Add(x, x)",
                "}, else_branch = graph no () -> (b) {",
                "  b = Exp(x)",
                "}}",
                "const trips = int64[] {5}",
                "l = Loop(trips, _, x) {body = graph body (i: int64[], c: bool[], v: float32[8]) -> (k, w) {",
                "  k = Identity(c)",
                "  w = Add(v, v)",
                "}}",
                "m = Loop(n, _, x) {body = graph open (i2: int64[], c2: bool[], v2: float32[8]) -> (k2, w2) {",
                "  k2 = Identity(c2)",
                "  w2 = Add(v2, v2)",
                "}}");
        assertThat(a.cost("y").flops()).isEqualTo(Dim.of(8 * 4));
        assertThat(a.cost("l").flops()).isEqualTo(Dim.of(5 * 8));
        assertThat(a.cost("m").flops()).as("nobody knows how often").isEqualTo(Dim.unknown());
        assertThat(a.analysis().costs().unknown()).hasSize(1);
    }

    @Test
    void aGraphThatRunsForEveryElementOfAListCostsAsManyTimes() {
        String map = "y = SequenceMap(l) {body = graph b (v: float32[8]) -> (w) { w = Add(v, v) }}";
        Analysed three = Analysed.graph("(x: float32[8]) -> (y)", "l = SequenceConstruct(x, x, x)", map);
        assertThat(three.cost("y").flops()).isEqualTo(Dim.of(3 * 8));
        Analysed any = Analysed.graph("(l: seq(float32[8])) -> (y)", map);
        assertThat(any.cost("y").flops()).isEqualTo(Dim.unknown());
    }

    @Test
    void aNodeOfAFunctionHasItsParametersOnceAndTheCostsThatAllCallsAgreeOn() {
        String[] calls = {"h = local:F(x)", "h = local:F(x)\n y = local:F(h)", "h = local:F(x)\n y = local:F(z)"};
        List<NodeCost> inside = new ArrayList<>();
        for (String call : calls) {
            Analysed a = Analysed.model(Map.of(), """
                    model "ONNX" ir=10
                    opset "" 17
                    opset "local" 1
                    graph g (x: float32[1, 4], z: float32[3, 4]) -> (h) {
                     %s
                    }
                    function "local" "" [] {} opset "" 17 graph F (v) -> (w) {
                      k = Constant() {value = float32[4] {1.0, 2.0, 3.0, 4.0}}
                      w = Mul(v, k)
                    }
                    """.formatted(call));
            assertThat(a.total().parameters()).isEqualTo(Dim.of(4));
            Node mul =
                    a.analysis().model().functions().getFirst().body().nodes().get(1);
            inside.add(a.analysis().costs().once(mul.id()));
        }
        assertThat(inside.get(0).parameters()).isEqualTo(Dim.of(4));
        assertThat(inside.get(0).flops()).isEqualTo(Dim.of(4));
        assertThat(inside.get(1)).as("called twice alike").isEqualTo(inside.get(0));
        assertThat(inside.get(2).parameters()).isEqualTo(Dim.of(4));
        assertThat(inside.get(2).flops()).as("4 in one call, 12 in the other").isEqualTo(Dim.unknown());
    }

    @Test
    void whatAProviderHasCompiledCostsWhatNobodyKnows() {
        Analysed a = Analysed.model(Map.of(), """
                model "ONNX" ir=10
                opset "" 17
                opset "com.microsoft" 1
                graph g (x: float32[8]) -> (y: float32[4]) {
                  y = com.microsoft:EPContext(x) {embed_mode = 0, ep_cache_context = "part.bin"}
                }
                """);
        assertThat(a.problems()).isEmpty();
        assertThat(a.type("y")).isEqualTo("float32[4]");
        assertThat(a.cost("y").flops()).isEqualTo(Dim.unknown());
    }

    @Test
    void theParametersOfASparseConstantAreNotTakenForNone() {
        Analysed dense = Analysed.graph(
                "(x: float32[2]) -> (y, z)", "const w = float32[2] {1.0, 2.0}", "y = Mul(x, w)", "z = Neg(x)");
        var graph = dense.analysis().model().graph();
        var id = dense.id("w");
        // As importers leave it: a value that nothing gives, beside a field that is kept as it is.
        var editor = graph.edit();
        editor.removeInitializer(id);
        editor.addValue(Value.of(id, "w", ValueType.unknown()));
        Analysed sparse = new Analysed(
                Analysis.of(dense.analysis().model().withGraph(editor.commit()), DimBindings.NONE, JobContext.quiet()));
        assertThat(sparse.cost("y").parameters()).isEqualTo(Dim.unknown());
        assertThat(sparse.cost("z").parameters()).isEqualTo(Dim.of(0));
        assertThat(sparse.total().parameters()).isEqualTo(Dim.unknown());
        assertThat(dense.total().parameters()).isEqualTo(Dim.of(2));
    }

    @Test
    void aWindowOverAllChannelsCountsAsManyMacsAsItHasWeights() {
        Analysed a = Analysed.graph(
                "(x: float32[1, 8, 10, 10], w: float32[16, 2, 3, 3]) -> (y)",
                "y = Conv(x, w) {group = 4, pads = [1, 1, 1, 1]}");
        assertThat(a.cost("y").macs()).isEqualTo(Dim.of(16 * 100 * 2 * 9));
    }

    @Test
    void functionsThatCallTheNextTwiceAreFollowedAsOftenAsTheirCallsDiffer() {
        int depth = 40;
        StringBuilder text = new StringBuilder("""
                model "ONNX" ir=10
                opset "" 20
                opset "my" 1
                graph g (x: float32[4]) -> (y) {
                  y = my:F0(x)
                }
                """);
        for (int i = 0; i < depth; i++) {
            text.append("function \"my\" \"\" [] {} opset \"\" 20 opset \"my\" 1 graph F%d (a) -> (b) {\n".formatted(i))
                    .append("  c = my:F%d(a)\n  b = my:F%d(c)\n}\n".formatted(i + 1, i + 1));
        }
        text.append(
                "function \"my\" \"\" [] {} opset \"\" 20 graph F%d (a) -> (b) {\n  b = Relu(a)\n}\n".formatted(depth));
        Analysed a = Analysed.model(Map.of(), text.toString());
        assertThat(a.problems()).isEmpty();
        assertThat(a.type("y")).isEqualTo("float32[4]");
        assertThat(a.total().flops()).isEqualTo(Dim.of(4L << depth));
        assertThat(a.total().parameters()).isEqualTo(Dim.of(0));
        assertThat(a.peak()).isEqualTo(Dim.of(2 * 4 * 4));
    }
}
