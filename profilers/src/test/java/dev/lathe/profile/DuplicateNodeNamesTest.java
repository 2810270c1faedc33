package dev.lathe.profile;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.Severity;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.text.GraphText;
import dev.lathe.graph.verify.Verifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The verifier finds an error in two nodes of one name exactly where ONNX Runtime refuses to load the model for it.
class DuplicateNodeNamesTest {
    private static final String HEAD = """
            model "ONNX" ir=10
            opset "" 17
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                // one graph, the same operator
                """
                graph g (x: float32[2]) -> (y: float32[2]) {
                  t = Relu(x) as "twin"
                  y = Relu(t) as "twin"
                }
                """,
                // one graph, different operators
                """
                graph g (x: float32[2]) -> (y: float32[2]) {
                  t = Relu(x) as "twin"
                  y = Neg(t) as "twin"
                }
                """,
                // one of them computes nothing that is needed
                """
                graph g (x: float32[2]) -> (y: float32[2]) {
                  t = Relu(x) as "twin"
                  y = Neg(x) as "twin"
                }
                """,
                // no names at all
                """
                graph g (x: float32[2]) -> (y: float32[2]) {
                  t = Relu(x)
                  y = Neg(t)
                }
                """,
                // in both branches of an If
                """
                graph g (x: float32[2], c: bool[]) -> (y: float32[2]) {
                  y = If(c) {then_branch = graph a () -> (p: float32[2]) { p = Relu(x) as "twin" }, else_branch = graph b () -> (r: float32[2]) { r = Neg(x) as "twin" }} as "choose"
                }
                """,
                // around a body and in it
                """
                graph g (x: float32[2], c: bool[]) -> (y: float32[2]) {
                  t = Relu(x) as "twin"
                  y = If(c) {then_branch = graph a () -> (p: float32[2]) { p = Relu(t) as "twin" }, else_branch = graph b () -> (r: float32[2]) { r = Neg(x) as "other" }} as "choose"
                }
                """,
                // a node and its own body
                """
                graph g (x: float32[2], c: bool[]) -> (y: float32[2]) {
                  y = If(c) {then_branch = graph a () -> (p: float32[2]) { p = Relu(x) as "twin" }, else_branch = graph b () -> (r: float32[2]) { r = Neg(x) as "other" }} as "twin"
                }
                """,
                // twice in one body
                """
                graph g (x: float32[2], c: bool[]) -> (y: float32[2]) {
                  y = If(c) {then_branch = graph a () -> (p: float32[2]) { q = Relu(x) as "twin"
                  p = Neg(q) as "twin" }, else_branch = graph b () -> (r: float32[2]) { r = Neg(x) as "other" }} as "choose"
                }
                """,
                // twice in a function that is called
                """
                opset "local" 1
                graph g (x: float32[2]) -> (y: float32[2]) {
                  y = local:Two(x) as "call"
                }
                function "local" "" [] {} opset "" 17 opset "local" 1 graph Two (v) -> (w) {
                  u = Relu(v) as "twin"
                  w = Neg(u) as "twin"
                }
                """,
                // twice in a function that is not called
                """
                opset "local" 1
                graph g (x: float32[2]) -> (y: float32[2]) {
                  y = Relu(x) as "plain"
                }
                function "local" "" [] {} opset "" 17 opset "local" 1 graph Two (v) -> (w) {
                  u = Relu(v) as "twin"
                  w = Neg(u) as "twin"
                }
                """,
                // in the model and in its function
                """
                opset "local" 1
                graph g (x: float32[2]) -> (y: float32[2]) {
                  t = local:Two(x) as "call"
                  y = Relu(t) as "twin"
                }
                function "local" "" [] {} opset "" 17 opset "local" 1 graph Two (v) -> (w) {
                  w = Neg(v) as "twin"
                }
                """,
                // two calls of one function
                """
                opset "local" 1
                graph g (x: float32[2]) -> (y: float32[2]) {
                  t = local:Two(x) as "one"
                  y = local:Two(t) as "other"
                }
                function "local" "" [] {} opset "" 17 opset "local" 1 graph Two (v) -> (w) {
                  w = Neg(v) as "inner"
                }
                """,
                // two calls of one name
                """
                opset "local" 1
                graph g (x: float32[2]) -> (y: float32[2]) {
                  t = local:Two(x) as "twin"
                  y = local:Two(t) as "twin"
                }
                function "local" "" [] {} opset "" 17 opset "local" 1 graph Two (v) -> (w) {
                  w = Neg(v) as "inner"
                }
                """,
                // a Constant node and another
                """
                graph g (x: float32[2]) -> (y: float32[2]) {
                  k = Constant() {value_floats = [1.0, 2.0]} as "twin"
                  y = Add(x, k) as "twin"
                }
                """,
                // two Constant nodes of a function, and in a body
                """
                opset "local" 1
                graph g (x: float32[2], c: bool[]) -> (y: float32[2]) {
                  t = local:Two(x) as "call"
                  y = If(c) {then_branch = graph a () -> (p: float32[2]) { k = Constant() {value_floats = [1.0, 2.0]} as "twin"
                  p = Add(t, k) as "twin" }, else_branch = graph b () -> (r: float32[2]) { r = Neg(t) as "other" }} as "choose"
                }
                function "local" "" [] {} opset "" 17 opset "local" 1 graph Two (v) -> (w) {
                  k = Constant() {value_floats = [1.0, 2.0]} as "twin"
                  w = Add(v, k) as "twin"
                }
                """,
                // a called function with twins in a body
                """
                opset "local" 1
                graph g (x: float32[2], c: bool[]) -> (y: float32[2]) {
                  y = local:Two(x, c) as "call"
                }
                function "local" "" [] {} opset "" 17 opset "local" 1 graph Two (v, c) -> (w) {
                  w = If(c) {then_branch = graph a () -> (p: float32[2]) { q = Relu(v) as "twin"
                  p = Neg(q) as "twin" }, else_branch = graph b () -> (r: float32[2]) { r = Neg(v) as "other" }} as "choose"
                }
                """,
                // two Constant nodes
                """
                graph g (x: float32[2]) -> (y: float32[2]) {
                  k = Constant() {value_floats = [1.0, 2.0]} as "twin"
                  l = Constant() {value_floats = [1.0, 2.0]} as "twin"
                  m = Add(k, l) as "sum"
                  y = Add(x, m) as "add"
                }
                """,
            })
    void anErrorIsWhatTheRuntimeRefuses(String graph) throws Exception {
        Model model = GraphText.parse(HEAD + graph);
        Path file = folder.resolve("model.onnx");
        Formats.export(model, file, JobContext.quiet());
        List<Diagnostic> errors =
                Verifier.of(Analysis.of(model, DimBindings.NONE, JobContext.quiet()), JobContext.quiet()).stream()
                        .filter(d -> d.severity() == Severity.ERROR)
                        .toList();
        Optional<String> refusal = refusal(file);
        if (refusal.isPresent()) {
            assertThat(refusal).hasValueSatisfying(r -> assertThat(r).contains("same node name"));
            assertThat(errors).singleElement().satisfies(d -> {
                assertThat(d.code()).isEqualTo("node-name-twice");
                assertThat(d.line()).contains("twin");
            });
        } else {
            assertThat(errors).isEmpty();
        }
    }

    private static Optional<String> refusal(Path model) {
        OrtEnvironment env = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setSessionLogLevel(ai.onnxruntime.OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            env.createSession(model.toString(), options).close();
            return Optional.empty();
        } catch (OrtException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
