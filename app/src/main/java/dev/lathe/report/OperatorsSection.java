package dev.lathe.report;

import dev.lathe.profile.OpStats;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The time by kind of operator, of every variant.
final class OperatorsSection implements HtmlSection {
    private record Sum(int count, Duration time, double share) {
        Sum plus(LayerRow r) {
            OpStats s = r.measured().orElseThrow();
            return new Sum(count + 1, time.plus(s.typical()), share + s.share());
        }
    }

    @Override
    public void append(Report report, Html h) {
        for (ReportVariant v : report.variants()) {
            if (v.run().filter(r -> !r.layers().isEmpty()).isPresent()) {
                append(v, report.of(v), h);
            }
        }
    }

    private static void append(ReportVariant v, String which, Html h) {
        Map<String, Sum> sums = new TreeMap<>();
        for (LayerRow r : LayerRow.of(v.analysis(), v.run())) {
            if (r.measured().isPresent()) {
                Sum before = sums.getOrDefault(r.node().qualifiedOp(), new Sum(0, Duration.ZERO, 0));
                sums.put(r.node().qualifiedOp(), before.plus(r));
            }
        }
        double max = sums.values().stream().mapToDouble(Sum::share).max().orElse(1);
        h.heading(2, "By operator" + which);
        h.raw("<table>");
        h.head(List.of("Operator", "#Layers", "#Time, typical", "Share"));
        h.raw("<tbody>");
        sums.entrySet().stream()
                .sorted(Comparator.comparingDouble(
                                (Map.Entry<String, Sum> e) -> e.getValue().share())
                        .reversed())
                .forEach(e -> {
                    Sum s = e.getValue();
                    h.raw("<tr>").cell(e.getKey()).number(s.count(), Integer.toString(s.count()));
                    h.number(s.time().toNanos(), Figures.time(s.time()));
                    h.raw("<td><span class=track><span class=bar style=\"width:" + Math.round(110 * s.share() / max)
                            + "px;background:" + TimeSection.colour(s.share() / max) + "\"></span></span>");
                    h.text(Figures.share(s.share())).raw("</td></tr>");
                });
        h.raw("</tbody></table>");
    }
}
