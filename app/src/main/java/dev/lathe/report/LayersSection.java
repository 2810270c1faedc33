package dev.lathe.report;

import dev.lathe.profile.OpStats;
import dev.lathe.profile.OutsideLayers;
import dev.lathe.profile.ProfileRun;
import java.util.List;
import java.util.Optional;

/// Every layer of the original and of the variants, in tables that sort.
final class LayersSection implements HtmlSection {
    static final String UNTOLD = "the engine did not tell what its layers cost";

    @Override
    public void append(Report report, Html h) {
        report.variants().forEach(v -> append(v, report.of(v), h));
    }

    private static void append(ReportVariant v, String which, Html h) {
        List<LayerRow> rows = LayerRow.of(v.analysis(), v.run());
        h.heading(2, "All layers" + which);
        h.raw("<div class=scroll><table class=sortable>");
        h.head(List.of(
                "##", "Layer", "Operator", "Output", "#Time, typical", "#Share", "#Work", "#Parameters", "Kernels"));
        h.raw("<tbody>");
        int index = 0;
        for (LayerRow r : rows) {
            Optional<OpStats> s = r.measured();
            h.raw("<tr>").number(index, Integer.toString(index));
            h.raw("<td class=name>").text(r.shownName()).raw("</td>");
            h.cell(r.node().qualifiedOp()).cell(r.outputShape());
            h.number(
                    s.map(m -> m.typical().toNanos()).orElse(-1L),
                    s.map(Figures::time).orElse(Figures.UNKNOWN));
            h.number(
                    s.map(OpStats::share).orElse(-1.0),
                    s.map(m -> Figures.share(m.share())).orElse(Figures.UNKNOWN));
            h.number(
                    LayerRow.known(r.cost().flops()).orElse(-1L),
                    Figures.work(r.cost().flops()));
            h.number(
                    LayerRow.known(r.cost().parameters()).orElse(-1L),
                    Figures.count(r.cost().parameters()));
            h.raw("<td class=\"name small muted\">")
                    .text(s.map(LayersSection::kernels).orElse(""))
                    .raw("</td></tr>");
            index++;
        }
        v.run().ifPresent(run -> sums(run, h));
        h.raw("</tbody></table></div>");
    }

    private static String kernels(OpStats s) {
        if (s.kernels().isEmpty()) {
            return "removed or folded by the runtime";
        }
        return String.join(", ", s.kernels()) + (s.shared() ? " (shared)" : "");
    }

    private static void sums(ProfileRun run, Html h) {
        OutsideLayers outside = OutsideLayers.of(run);
        if (outside instanceof OutsideLayers.NotTold) {
            sum(UNTOLD, Figures.UNKNOWN, h);
            return;
        }
        sum(outside.title(), Figures.time(run.outsideLayers()), h);
        sum("sum", Figures.time(run.layerSum()), h);
    }

    private static void sum(String name, String time, Html h) {
        h.raw("<tr class=sum><td></td>").cell(name).raw("<td></td><td></td>");
        h.number(0, time).raw("<td></td><td></td><td></td><td></td></tr>");
    }
}
