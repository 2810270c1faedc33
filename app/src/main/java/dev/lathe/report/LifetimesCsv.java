package dev.lathe.report;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.Liveness.Lifetime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// When each activation of the main graphs of one or more models is alive, as comma-separated values (RFC 4180): one
/// header, one line per tensor, in the order in which they begin.
///
/// Positions are those of nodes in execution order; −1 is before the first node (inputs), the number of nodes is after
/// the last (outputs). `bytes` is the tensor's own storage: 0 where it is a view of another tensor or written over its
/// input, empty where it is unknown.
public final class LifetimesCsv {
    private static final String HEADER =
            "model,tensor,dtype,shape,bytes,from_position,from_node,to_position,to_node,at_peak\n";

    private LifetimesCsv() {}

    /// The first line.
    public static String header() {
        return HEADER;
    }

    /// The lines of one model.
    public static String lines(String model, Analysis analysis) {
        Graph graph = analysis.model().graph();
        List<Node> nodes = graph.nodes();
        Set<Object> atPeak = new HashSet<>(analysis.liveness().atPeak());
        StringBuilder b = new StringBuilder();
        analysis.liveness().lifetimes().entrySet().stream()
                .sorted(java.util.Comparator.comparingInt(e -> e.getValue().from()))
                .forEach(e -> {
                    Lifetime life = e.getValue();
                    ValueType type = analysis.type(e.getKey());
                    b.append(LayersCsv.named(model)).append(',');
                    b.append(LayersCsv.named(graph.nameOf(e.getKey()))).append(',');
                    b.append(type.dtype().map(DType::text).orElse("")).append(',');
                    b.append(LayersCsv.named(type.shape().toString())).append(',');
                    b.append(bytes(life.bytes())).append(',');
                    b.append(life.from()).append(',');
                    b.append(name(nodes, life.from())).append(',');
                    b.append(life.to()).append(',');
                    b.append(name(nodes, life.to())).append(',');
                    b.append(atPeak.contains(e.getKey()) ? "yes" : "no").append('\n');
                });
        return b.toString();
    }

    private static String bytes(Dim amount) {
        return amount.fixed().isPresent() ? String.valueOf(amount.fixed().getAsLong()) : "";
    }

    private static String name(List<Node> nodes, int position) {
        return position >= 0 && position < nodes.size()
                ? LayersCsv.named(nodes.get(position).shownName())
                : "";
    }
}
