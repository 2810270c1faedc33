package dev.lathe.optimize.simplify;

import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.optimize.OptionSpec;
import dev.lathe.optimize.Pass;
import dev.lathe.optimize.PassContext;
import dev.lathe.optimize.PassInfo;
import dev.lathe.optimize.rewrite.Modern;
import java.util.ArrayList;
import java.util.List;

/// Removes what a model computes in vain, and computes ahead what never changes.
///
/// `f(constants) → constant · Identity(x) → x · f(x), f(x) → f(x) once · unused → nothing`
public final class Simplify implements Pass {
    static final String NAME = "simplify";
    static final String MAX_GROWTH = "max-growth-bytes";
    private static final int MOST_ROUNDS = 20;

    @Override
    public PassInfo info() {
        return new PassInfo(
                NAME,
                "Simplify",
                "Computes constant parts ahead, in the runtime itself; drops identities, repeated and unused nodes and"
                        + " weights. Outputs keep their names and values.",
                "f(constants) → constant;  Identity(x) → x;  f(x), f(x) → f(x) once;  unused → nothing",
                List.of(
                        flag("fold-constants", "Compute nodes whose inputs never change ahead of time."),
                        flag("fold-shapes", "Replace the shape of a tensor by numbers where the file fixes them."),
                        flag("identities", "Drop nodes that give their input back."),
                        flag("merge-duplicates", "Compute the same thing once; keep equal weights once."),
                        flag("dead-code", "Drop nodes and weights that no output needs."),
                        Modern.OPTION,
                        new OptionSpec(
                                MAX_GROWTH,
                                OptionSpec.Kind.INTEGER,
                                Long.toString(1L << 10),
                                List.of(),
                                "A computed tensor may be at most this many bytes larger than the weights that go with it;"
                                        + " a larger one stays computed, so that the file does not grow.")),
                0.9999,
                "");
    }

    private static OptionSpec flag(String name, String description) {
        return new OptionSpec(name, OptionSpec.Kind.FLAG, "true", List.of("true", "false"), description);
    }

    @Override
    public Model run(Model model, PassContext context) throws LatheException {
        List<Simplification> parts = parts(context);
        Model at = parts.isEmpty() ? model : Modern.plainWeights(model, context);
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Model before = at;
            for (int i = 0; i < parts.size(); i++) {
                context.job().checkCancelled();
                context.job()
                        .progress(
                                Math.min(0.95, (round + (double) i / parts.size()) / 5),
                                "simplifying · round " + (round + 1) + " · "
                                        + at.graph().nodes().size() + " nodes");
                at = parts.get(i).apply(at, context);
            }
            if (at == before) {
                break;
            }
        }
        return at;
    }

    private static List<Simplification> parts(PassContext context) {
        List<Simplification> parts = new ArrayList<>();
        if (context.flag("dead-code")) {
            parts.add(new DeadCode());
        }
        if (context.flag("fold-constants")) {
            parts.add(new LiftConstants());
            parts.add(new FoldConstants());
        }
        if (context.flag("fold-shapes")) {
            parts.add(new FoldShapes());
        }
        if (context.flag("identities")) {
            parts.add(new Identities());
            parts.add(new Chains());
        }
        if (context.flag("merge-duplicates")) {
            parts.add(new MergeNodes());
            parts.add(new MergeWeights());
        }
        if (context.flag("dead-code")) {
            parts.add(new DeadCode());
        }
        return parts;
    }
}
