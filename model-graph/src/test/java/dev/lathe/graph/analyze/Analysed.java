package dev.lathe.graph.analyze;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.text.GraphText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A model written as text, analysed: what tests ask about it by name.
record Analysed(Analysis analysis) {

    /// One main graph, given by its signature and body.
    static Analysed graph(String signature, String... lines) {
        return model(
                Map.of(),
                "model \"ONNX\" ir=10\nopset \"\" 17\ngraph g " + signature + " {\n" + String.join("\n", lines)
                        + "\n}\n");
    }

    static Analysed model(Map<String, Long> dims, String text) {
        try {
            Model model = GraphText.parse(text);
            return new Analysed(Analysis.of(model, new DimBindings(dims), JobContext.quiet()));
        } catch (LatheException e) {
            throw new IllegalArgumentException(e);
        }
    }

    Analysed with(Map<String, Long> dims) {
        return new Analysed(Analysis.of(analysis.model(), new DimBindings(dims), JobContext.quiet()));
    }

    /// The type of the first value of this name, in whatever graph.
    String type(String name) {
        return analysis.type(id(name)).toString();
    }

    ValueId id(String name) {
        List<Value> found = new ArrayList<>();
        List<Graph> all = new ArrayList<>(List.of(analysis.model().graph()));
        analysis.model().functions().forEach(f -> all.add(f.body()));
        all.forEach(top -> top.forEachGraph(
                g -> g.values().stream().filter(v -> v.name().equals(name)).forEach(found::add)));
        return found.getFirst().id();
    }

    NodeCost cost(String output) {
        Node node = analysis.model().graph().producer(id(output)).orElseThrow();
        return analysis.costs().of(node.id());
    }

    NodeCost total() {
        return analysis.costs().total();
    }

    Dim peak() {
        return analysis.liveness().peakBytes();
    }

    List<String> problems() {
        return analysis.inference().diagnostics().stream().map(Diagnostic::line).toList();
    }
}
