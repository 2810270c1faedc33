package dev.lathe.app.start;

import dev.lathe.app.parts.CostStrip;
import dev.lathe.app.project.Services;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.analyze.Analysis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// What a sample's card says beyond its size: how many nodes it has, and where its work lies, in order of execution.
record SampleFacts(int nodes, List<CostStrip.Piece> work) {
    SampleFacts {
        work = List.copyOf(work);
    }

    static SampleFacts of(Path file, Services services, JobContext context) throws LatheException {
        Model model = services.files().open(file, context);
        context.checkCancelled();
        Analysis analysis = services.analyst().analyse(model, services.analyst().assume(model), context);
        List<Long> flops = new ArrayList<>();
        for (Node n : model.graph().nodes()) {
            OptionalLong one = analysis.costs().of(n.id()).flops().fixed();
            flops.add(one.orElse(0));
        }
        double sum = flops.stream().mapToDouble(f -> f).sum();
        double most = flops.stream().mapToDouble(f -> f).max().orElse(0);
        return new SampleFacts(
                flops.size(),
                sum == 0
                        ? List.of()
                        : flops.stream()
                                .filter(f -> f > 0)
                                .map(f -> new CostStrip.Piece(f / sum, f / most))
                                .toList());
    }
}
