package dev.lathe.report;

import dev.lathe.profile.OpStats;
import dev.lathe.profile.ProfileRun;
import java.util.Comparator;
import java.util.List;

/// Where the time goes: the layers in execution order as a strip, and the slowest ones.
final class TimeSection implements HtmlSection {
    private static final int SLOWEST = 15;
    private static final String[] INFERNO = {
        "#160b39", "#420a68", "#6a176e", "#932667", "#bc3754", "#dd513a", "#f37819", "#fca50a", "#f6d746"
    };

    @Override
    public void append(Report report, Html h) {
        for (ReportVariant v : report.variants()) {
            v.run().ifPresent(run -> append(v, run, report.of(v), h));
        }
    }

    private static void append(ReportVariant v, ProfileRun run, String which, Html h) {
        List<LayerRow> rows = LayerRow.of(v.analysis(), v.run()).stream()
                .filter(r -> r.measured().isPresent())
                .toList();
        if (rows.isEmpty()) {
            return;
        }
        double max = rows.stream()
                .mapToDouble(r -> r.measured().map(OpStats::share).orElse(0.0))
                .max()
                .orElse(1);
        h.heading(2, "Where the time goes" + which);
        h.raw("<div class=strip>");
        for (LayerRow r : rows) {
            double share = r.measured().map(OpStats::share).orElse(0.0);
            if (share > 0.0005) {
                h.raw("<i style=\"width:" + 100 * share + "%;background:" + colour(share / max) + "\" title=\"")
                        .text(r.shownName() + " · " + Figures.share(share))
                        .raw("\"></i>");
            }
        }
        h.raw("</div>");
        h.raw("<p class=\"muted small\">")
                .text("Layers in the order of execution; width and colour are their share of "
                        + Figures.time(run.layerSum()) + ".")
                .raw("</p><table>");
        h.head(List.of("Slowest layers", "Operator", "#Time, typical", "#p90", "Share", "#Work", "#Rate"));
        h.raw("<tbody>");
        rows.stream()
                .sorted(Comparator.comparingDouble(
                                (LayerRow r) -> r.measured().map(OpStats::share).orElse(0.0))
                        .reversed())
                .limit(SLOWEST)
                .forEach(r -> row(r, max, h));
        h.raw("</tbody></table>");
    }

    static void row(LayerRow r, double max, Html h) {
        OpStats s = r.measured().orElseThrow();
        h.raw("<tr><td class=name>")
                .text(r.shownName())
                .raw(s.shared() ? " <span class=\"muted small\">shared kernel</span></td>" : "</td>")
                .cell(r.node().qualifiedOp());
        h.number(s.typical().toNanos(), Figures.time(s));
        h.number(s.p90().toNanos(), Figures.time(s.p90()));
        h.raw("<td data-v=\"" + s.share() + "\"><span class=track><span class=bar style=\"width:"
                + Math.round(110 * s.share() / max) + "px;background:" + colour(s.share() / max) + "\"></span></span>");
        h.text(Figures.share(s.share())).raw("</td>");
        h.number(
                LayerRow.known(r.cost().flops()).orElse(-1L),
                Figures.work(r.cost().flops()));
        rate(r, s, h);
        h.raw("</tr>");
    }

    private static void rate(LayerRow r, OpStats s, Html h) {
        long flops = LayerRow.known(r.cost().flops()).orElse(0L);
        double seconds = s.typical().toNanos() / 1e9;
        if (flops == 0 || seconds == 0) {
            h.number(-1, Figures.UNKNOWN);
        } else {
            h.number(flops / seconds, Figures.digits(flops / seconds / 1e9) + " GFLOP/s");
        }
    }

    /// The inferno scale, 0 … 1.
    static String colour(double v) {
        int i = (int) Math.round(Math.clamp(v, 0.0, 1.0) * (INFERNO.length - 1));
        return INFERNO[i];
    }
}
