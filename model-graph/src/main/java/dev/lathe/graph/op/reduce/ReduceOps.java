package dev.lathe.graph.op.reduce;

import dev.lathe.graph.op.OpFamily;
import dev.lathe.graph.op.OpSpec;
import java.util.List;

/// Reductions: one line per operator.
public final class ReduceOps implements OpFamily {
    @Override
    public String title() {
        return "Reductions";
    }

    @Override
    public List<OpSpec> ops() {
        return List.of(
                new ArgMax(),
                new ArgMin(),
                new ReduceL1(),
                new ReduceL2(),
                new ReduceLogSum(),
                new ReduceLogSumExp(),
                new ReduceMax(),
                new ReduceMean(),
                new ReduceMin(),
                new ReduceProd(),
                new ReduceSum(),
                new ReduceSumSquare());
    }
}
