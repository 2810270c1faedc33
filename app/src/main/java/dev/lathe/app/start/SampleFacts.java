package dev.lathe.app.start;

import dev.lathe.app.parts.CostStrip;
import dev.lathe.app.project.Services;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.analyze.Analysis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a sample's card says beyond its size: how many nodes it has, and where its work lies, in order of execution.
record SampleFacts(int nodes, List<CostStrip.Piece> work) {
    SampleFacts {
        work = List.copyOf(work);
    }

    static SampleFacts of(Path file, Services services, JobContext context) throws LatheException {
        Model model = services.files().open(file, context);
        context.checkCancelled();
        Analysis analysis = services.analyst().analyse(model, services.analyst().assume(model), context);
        return of(model, analysis);
    }

    static SampleFacts of(Model model, Analysis analysis) {
        List<Long> flops = new ArrayList<>();
        collect(model.graph(), analysis, flops);
        double sum = flops.stream().mapToDouble(f -> f).sum();
        double most = flops.stream().mapToDouble(f -> f).max().orElse(0);
        return new SampleFacts(
                model.graph().allNodes(),
                sum == 0
                        ? List.of()
                        : flops.stream()
                                .filter(f -> f > 0)
                                .map(f -> new CostStrip.Piece(f / sum, f / most))
                                .toList());
    }

    /// An If stands for its branch with the most work: a whole model may lie in one, and one bar says nothing.
    private static void collect(Graph graph, Analysis analysis, List<Long> flops) {
        for (Node n : graph.nodes()) {
            if (n.op().equals("If") && !n.subgraphs().isEmpty()) {
                List<Long> most = List.of();
                for (Graph branch : n.subgraphs()) {
                    List<Long> inside = new ArrayList<>();
                    collect(branch, analysis, inside);
                    if (sum(inside) > sum(most) || most.isEmpty()) {
                        most = inside;
                    }
                }
                flops.addAll(most);
            } else {
                flops.add(analysis.costs().once(n.id()).flops().fixed().orElse(0));
            }
        }
    }

    private static long sum(List<Long> flops) {
        return flops.stream().mapToLong(Long::longValue).sum();
    }
}
