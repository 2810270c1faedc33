package dev.lathe.graph.verify;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.Severity;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.Inference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Checks a model against the rules of the ONNX standard: those of its checker (names, signatures, opsets, functions,
/// graphs inside nodes), and that declared types are what the operators give.
///
/// What cannot even be read (a cycle, a tensor of more elements than can be counted) is refused when the file is
/// opened, so it does not occur here. An error is what a runtime or the standard's checker may refuse; a warning what
/// runs all the same, or what only looks wrong.
public final class Verifier {
    /// To add a rule, write one file and one line here.
    private static final List<Rule> RULES = List.of(
            new HeaderRule(),
            new FileFormRule(),
            new OpsetRule(),
            new DefinitionsRule(),
            new NamesRule(),
            new ElementsDeclaredRule(),
            new ConstantsRule(),
            new DefaultsRule(),
            new NodeNamesRule(),
            new ConfigurationsRule(),
            new SignatureRule(),
            new AttributesRule(),
            new ElementTypesRule(),
            new SplitRule(),
            new BodiesRule(),
            new BodyTypesRule(),
            new ScanRule(),
            new FunctionsRule(),
            new FunctionOpsetsRule(),
            new FunctionAttributesRule());

    private Verifier() {}

    /// All findings, each once, errors first; empty for a model that keeps all rules.
    public static List<Diagnostic> of(Analysis analysis, JobContext context) {
        return of(analysis.model(), analysis.inference(), context);
    }

    /// The same, where costs and memory are of no interest.
    public static List<Diagnostic> of(Model model, Inference inference, JobContext context) {
        Set<Diagnostic> found = new LinkedHashSet<>();
        Subject subject = new Subject(model, inference, context, found::add);
        for (Rule rule : RULES) {
            context.checkCancelled();
            rule.check(subject);
        }
        found.addAll(inference.diagnostics());
        List<Diagnostic> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparing(Diagnostic::severity, Comparator.comparingInt(Verifier::weight)));
        return List.copyOf(sorted);
    }

    private static int weight(Severity severity) {
        return switch (severity) {
            case ERROR -> 0;
            case WARNING -> 1;
            case INFO -> 2;
        };
    }
}
