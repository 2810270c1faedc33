package dev.lathe.cli;

import dev.lathe.graph.Graph;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.NodePlace;
import dev.lathe.profile.insight.Examination;
import dev.lathe.profile.insight.Finding;
import dev.lathe.profile.insight.Gain;
import dev.lathe.profile.insight.Remedy;
import dev.lathe.profile.insight.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the rules found in a run, for people and for machines.
///
/// @param file stands for MODEL in the command lines of remedies
record FindingWords(Path file, Graph graph, Examination examination) {
    private static final int WIDTH = 100;
    private static final String INDENT = "   ";
    private static final Pattern UNIT = Pattern.compile("(\\d) (%|ns|µs|ms|s\\b|[KMG]iB|[TG]?(?:FL)?OP/s|GHz)");

    /// Of findings that no whole examination brought.
    static FindingWords of(Path file, Graph graph, Optional<Finding> finding) {
        return new FindingWords(file, graph, new Examination(finding.stream().toList(), List.of()));
    }

    /// The foremost ones; with `all` every one, and what could not be checked.
    String text(boolean all) {
        List<Finding> shown = all ? examination.findings() : examination.foremost();
        StringBuilder b = new StringBuilder("\nfindings\n");
        int number = 0;
        for (Finding f : shown) {
            number++;
            b.append(String.format(Locale.ROOT, "%2d ", number));
            b.append(f.title());
            f.gain().ifPresent(g -> b.append(" · ").append(g.text()));
            b.append('\n');
            wrap(f.explanation(), b);
            wrap("→ " + f.remedy().text(), b);
            command(f).ifPresent(c -> b.append(INDENT).append("  ").append(c).append('\n'));
        }
        int more = examination.findings().size() - shown.size();
        int unchecked = examination.notChecked().size();
        if (shown.isEmpty()) {
            b.append(" none: ").append(examination.checks().size() - unchecked).append(" rules looked\n");
        }
        if (all) {
            examination.checks().forEach(c -> {
                switch (c.verdict()) {
                    case Verdict.Found f -> {}
                    case Verdict.Clean clean -> wrap("ok: " + c.title() + ": " + clean.seen() + ".", b);
                    case Verdict.NotChecked not -> wrap("not checked: " + c.title() + ": " + not.why() + ".", b);
                }
            });
        } else if (more + unchecked > 0) {
            b.append(INDENT);
            b.append(more > 0 ? more + " more" : "");
            b.append(more > 0 && unchecked > 0 ? ", " : "");
            b.append(unchecked > 0 ? unchecked + " rules could not look" : "");
            b.append(": --findings tells\n");
        }
        return b.toString();
    }

    private Optional<String> command(Finding f) {
        return f.remedy().commandLine().map(c -> c.replace("MODEL", quoted(file.toString())));
    }

    /// As a shell takes it.
    private static String quoted(String name) {
        return name.matches("[\\w@%+=:,./-]+") ? name : "'" + name.replace("'", "'\\''") + "'";
    }

    private static void wrap(String sentence, StringBuilder into) {
        int column = 0;
        // A figure and its unit stay in one line.
        for (String word : UNIT.matcher(sentence).replaceAll("$1\u00a0$2").split(" ")) {
            String shown = printable(word.replace('\u00a0', ' '));
            if (column > 0 && column + 1 + shown.length() > WIDTH) {
                into.append('\n');
                column = 0;
            }
            into.append(column == 0 ? INDENT : " ").append(shown);
            column += (column == 0 ? INDENT.length() : 1) + shown.length();
        }
        into.append('\n');
    }

    /// Names of layers come from the file, and may hold what a terminal takes for an order.
    private static String printable(String word) {
        return word.codePoints()
                .mapToObj(c -> Character.isISOControl(c) ? String.format("\\x%02x", c) : Character.toString(c))
                .reduce("", String::concat);
    }

    Map<String, @Nullable Object> json() {
        Map<NodeId, NodePlace> places = new HashMap<>();
        NodePlace.all(graph).forEach(p -> places.put(p.node().id(), p));
        Map<String, @Nullable Object> j = new LinkedHashMap<>();
        List<Map<String, @Nullable Object>> findings = new ArrayList<>();
        examination.findings().forEach(f -> findings.add(json(f, places)));
        j.put("findings", findings);
        List<Map<String, @Nullable Object>> checks = new ArrayList<>();
        examination.checks().forEach(c -> {
            Map<String, @Nullable Object> check = new LinkedHashMap<>();
            check.put("rule", c.rule());
            switch (c.verdict()) {
                case Verdict.Found f -> check.put("found", f.findings().size());
                case Verdict.Clean(String seen) -> check.put("ok", seen);
                case Verdict.NotChecked(String why) -> check.put("notChecked", why);
            }
            checks.add(check);
        });
        j.put("checks", checks);
        return j;
    }

    private Map<String, @Nullable Object> json(Finding f, Map<NodeId, NodePlace> places) {
        Map<String, @Nullable Object> j = new LinkedHashMap<>();
        j.put("rule", f.rule());
        j.put("severity", f.severity().name().toLowerCase(Locale.ROOT));
        j.put("title", f.title());
        j.put("explanation", f.explanation());
        j.put("remedy", f.remedy().text());
        j.put("pass", f.remedy().act().orElse(null) instanceof Remedy.Act.Pass p ? p.name() : null);
        j.put("command", command(f).orElse(null));
        j.put(
                "layers",
                f.places().stream()
                        .flatMap(id -> Optional.ofNullable(places.get(id)).stream())
                        .map(NodePlace::shownName)
                        .toList());
        j.put("gainMs", f.gain().map(g -> Amounts.ms(g.perRun())).orElse(null));
        j.put("gainPart", f.gain().map(Gain::part).orElse(null));
        j.put("gainIs", f.gain().map(g -> g.kind().words()).orElse(null));
        return j;
    }
}
