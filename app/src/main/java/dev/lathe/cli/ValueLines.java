package dev.lathe.cli;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Shape;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.analyze.Analysis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Every value of a model as one JSON line: name, element type, shape. A dimension is a number, the name (or
/// expression) of a free dimension, or null; the shape is null when not even the rank is known.
final class ValueLines {
    private ValueLines() {}

    static String jsonLines(Analysis analysis, Optional<Path> model) {
        StringBuilder lines = new StringBuilder();
        append(analysis.model().graph(), analysis, model, "", lines);
        return lines.toString();
    }

    private static void append(
            Graph graph, Analysis analysis, Optional<Path> model, String scope, StringBuilder lines) {
        for (Value v : graph.values()) {
            Map<String, @Nullable Object> line = new LinkedHashMap<>();
            model.ifPresent(m -> line.put("model", m.toString()));
            line.put("value", v.name());
            if (!scope.isEmpty()) {
                line.put("in", scope);
            }
            ValueType type =
                    graph.initializer(v.id()).<ValueType>map(t -> t.type()).orElseGet(() -> analysis.type(v.id()));
            line.put("dtype", type.dtype().map(DType::text).orElse(null));
            if (!(type instanceof ValueType.TensorType) && !(type instanceof ValueType.UnknownType)) {
                line.put("type", type.toString());
            }
            line.put("shape", shape(type.shape()));
            lines.append(JsonOut.line(line)).append('\n');
        }
        graph.nodes()
                .forEach(n -> n.attrs().entries().forEach(e -> {
                    if (e.value() instanceof dev.lathe.graph.Attr.GraphAttr(Graph sub)) {
                        append(sub, analysis, model, scope + n.shownName() + "." + e.name() + "/", lines);
                    }
                }));
    }

    static @Nullable List<@Nullable Object> shape(Shape shape) {
        return switch (shape) {
            case Shape.Unranked u -> null;
            case Shape.Ranked r -> {
                List<@Nullable Object> dims = new ArrayList<>();
                for (Dim d : r.dims()) {
                    dims.add(
                            switch (d) {
                                case Dim.Fixed f -> f.size();
                                case Dim.Symbol s -> s.name();
                                case Dim.Expr e -> e.toString();
                                case Dim.Unknown u -> null;
                            });
                }
                yield dims;
            }
        };
    }
}
