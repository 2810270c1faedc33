package dev.lathe.graph.verify;

import dev.lathe.graph.Function;
import dev.lathe.graph.Node;
import java.util.Optional;

/// An operator in a function is the same one as in the version that the model imports: runtimes that put the
/// function's nodes in place of its calls take the model's version.
final class FunctionOpsetsRule implements Rule {
    @Override
    public void check(Subject s) {
        for (Function f : s.model().functions()) {
            f.body().nodes().stream().filter(n -> s.function(n).isEmpty()).forEach(n -> node(s, f, n));
        }
    }

    private static void node(Subject s, Function f, Node node) {
        String domain = Subject.domain(node.domain());
        Optional<Long> own = Subject.version(f.opsets(), domain);
        Optional<Long> models = Subject.version(s.model().opsets(), domain);
        if (own.isEmpty() || models.isEmpty() || own.equals(models)) {
            return;
        }
        Optional<Integer> here = since(node, domain, own.get());
        Optional<Integer> there = since(node, domain, models.get());
        if (!here.equals(there)) {
            s.error(
                    "function-opset",
                    "the function " + f.name() + " imports version " + own.get() + " of " + Subject.words(domain)
                            + ", the model version " + models.get() + ", in which this operator is another",
                    node);
        }
    }

    private static Optional<Integer> since(Node node, String domain, long version) {
        return OperatorTypes.standard().find(domain, node.op(), version).map(OperatorTypes.Signature::since);
    }
}
