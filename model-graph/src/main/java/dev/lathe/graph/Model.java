package dev.lathe.graph;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A whole model: the main graph, its functions and what the file says about itself. Immutable.
///
/// `opsets` maps domain ("" for ai.onnx) to version. `metadata` are the free key-value properties. `source`
/// is the file that holds exactly this model (a changed model has none). `format` names the file format, e.g.
/// "ONNX".
public record Model(
        String format,
        Optional<Path> source,
        long irVersion,
        Map<String, Long> opsets,
        String producerName,
        String producerVersion,
        String domain,
        long modelVersion,
        String doc,
        Map<String, String> metadata,
        Graph graph,
        List<Function> functions,
        Extra extra) {

    public Model {
        opsets = Collections.unmodifiableMap(new LinkedHashMap<>(opsets));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        functions = List.copyOf(functions);
    }

    /// Version of the ai.onnx operator set, 1 when the file declares none.
    public long opset() {
        return opsets.getOrDefault("", opsets.getOrDefault("ai.onnx", 1L));
    }

    /// The same instance when `next` is the present graph.
    public Model withGraph(Graph next) {
        return next == graph
                ? this
                : new Model(
                        format,
                        Optional.empty(),
                        irVersion,
                        opsets,
                        producerName,
                        producerVersion,
                        domain,
                        modelVersion,
                        doc,
                        metadata,
                        next,
                        functions,
                        extra);
    }

    public Model withOpset(String opDomain, long version) {
        Map<String, Long> next = new LinkedHashMap<>(opsets);
        next.put(opDomain, version);
        return new Model(
                format,
                Optional.empty(),
                irVersion,
                next,
                producerName,
                producerVersion,
                domain,
                modelVersion,
                doc,
                metadata,
                graph,
                functions,
                extra);
    }

    public Model withIrVersion(long version) {
        return new Model(
                format,
                Optional.empty(),
                version,
                opsets,
                producerName,
                producerVersion,
                domain,
                modelVersion,
                doc,
                metadata,
                graph,
                functions,
                extra);
    }

    /// The same instance when these are the present ones.
    public Model withFunctions(List<Function> next) {
        return next.equals(functions)
                ? this
                : new Model(
                        format,
                        Optional.empty(),
                        irVersion,
                        opsets,
                        producerName,
                        producerVersion,
                        domain,
                        modelVersion,
                        doc,
                        metadata,
                        graph,
                        next,
                        extra);
    }

    public Optional<Function> function(Node node) {
        OperatorKey called = OperatorKey.of(node);
        return functions.stream().filter(f -> OperatorKey.of(f).equals(called)).findFirst();
    }

    /// An allocator above every id in use, subgraphs and functions included.
    public IdSpace newIds() {
        int node = graph.maxNodeIndex();
        int value = graph.maxValueIndex();
        for (Function f : functions) {
            node = Math.max(node, f.body().maxNodeIndex());
            value = Math.max(value, f.body().maxValueIndex());
        }
        return new IdSpace(node + 1, value + 1);
    }

    /// Bytes of all initializers of the main graph and its subgraphs.
    public long parameterBytes() {
        return graph.parameterBytes();
    }
}
