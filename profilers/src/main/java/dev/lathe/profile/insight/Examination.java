package dev.lathe.profile.insight;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/// What all rules said of one run: the findings, the weightiest first, and of every rule what became of it.
public record Examination(List<Finding> findings, List<Check> checks) {
    /// A remedy that wins less than this part of a run wins less than two measurements of it differ by.
    static final double WORTH = 0.01;

    /// So many are shown unasked: who is told more reads none.
    public static final int SHOWN = 5;

    public static final Examination NONE = new Examination(List.of(), List.of());

    public Examination {
        findings = List.copyOf(findings);
        checks = List.copyOf(checks);
    }

    /// One rule's verdict.
    public record Check(String rule, String title, Verdict verdict) {}

    /// By every rule that is registered.
    public static Examination of(RunFacts facts) {
        return of(facts, rules());
    }

    /// Every registered rule, in the order of registration.
    public static List<InsightRule> rules() {
        return ServiceLoader.load(InsightRule.class, InsightRule.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    static Examination of(RunFacts facts, List<InsightRule> rules) {
        List<Finding> findings = new ArrayList<>();
        List<Check> checks = new ArrayList<>();
        for (InsightRule rule : rules) {
            Verdict verdict = worthwhile(rule.check(facts));
            checks.add(new Check(rule.id(), rule.title(), verdict));
            if (verdict instanceof Verdict.Found(List<Finding> found)) {
                findings.addAll(found);
            }
        }
        findings.sort(Finding.BY_WEIGHT);
        return new Examination(findings, checks);
    }

    private static Verdict worthwhile(Verdict verdict) {
        if (!(verdict instanceof Verdict.Found(List<Finding> found))) {
            return verdict;
        }
        List<Finding> worth = found.stream()
                .filter(f -> f.gain().map(g -> g.part() >= WORTH).orElse(true))
                .toList();
        return Verdict.of(
                worth,
                "what there is costs less than " + Words.percent(WORTH) + " of a run: "
                        + found.stream().map(Finding::title).findFirst().orElse(""));
    }

    /// The doubts in the run's figures, and of the rest the few that win most.
    public List<Finding> foremost() {
        List<Finding> shown = new ArrayList<>(findings.stream()
                .filter(f -> f.severity() == Finding.Severity.CAUTION)
                .toList());
        findings.stream()
                .filter(f -> f.severity() != Finding.Severity.CAUTION)
                .limit(SHOWN)
                .forEach(shown::add);
        return List.copyOf(shown);
    }

    /// The rules that could not look, with the reason.
    public List<Check> notChecked() {
        return checks.stream()
                .filter(c -> c.verdict() instanceof Verdict.NotChecked)
                .toList();
    }
}
