package dev.lathe.report;

import dev.lathe.graph.Dim;
import dev.lathe.graph.analyze.NodeCost;

/// The key figures as cards.
final class SummarySection implements HtmlSection {
    @Override
    public void append(Report report, Html h) {
        ReportVariant v = report.original();
        NodeCost total = v.analysis().costs().total();
        h.raw("<div class=cards>");
        v.run().ifPresent(r -> {
            card(
                    h,
                    Figures.time(r.latency().p50()),
                    "latency, p50 of " + r.latency().runs() + " runs");
            card(h, Figures.rate(r.throughputPerSecond()), "inferences per second");
        });
        card(h, Figures.count(total.parameters()), "parameters · " + Figures.fileSize(v.fileBytes()) + " file");
        card(h, Figures.work(total.flops()), unknownNote(v, total.flops()));
        card(h, Figures.bytes(v.analysis().liveness().peakBytes()), "peak activations (estimate)");
        v.run().ifPresent(r -> card(h, Figures.bytes(r.memory().peakResidentBytes()), "peak memory of the process"));
        h.raw("</div>");
    }

    private static String unknownNote(ReportVariant v, Dim flops) {
        int unknown = v.analysis().costs().unknown().size();
        return flops.fixed().isPresent() || unknown == 0
                ? "work of one inference"
                : "work: the cost of " + unknown + " nodes is unknown";
    }

    private static void card(Html h, String figure, String caption) {
        h.raw("<div class=card>").tag("b", figure).tag("span", caption).raw("</div>");
    }
}
