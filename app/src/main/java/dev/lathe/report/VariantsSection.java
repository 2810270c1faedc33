package dev.lathe.report;

import dev.lathe.core.Diagnostic;
import dev.lathe.optimize.check.OutputDifference;
import dev.lathe.profile.ProfileRun;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The variants beside the original: time, size and what it cost in accuracy.
final class VariantsSection implements HtmlSection {
    @Override
    public void append(Report report, Html h) {
        if (report.variants().size() < 2) {
            return;
        }
        h.heading(2, "Variants");
        h.raw("<table>");
        h.head(List.of(
                "Variant", "#Latency p50", "#Speed", "#File", "#Size", "#Nodes", "#Cosine, worst output", "#SQNR"));
        h.raw("<tbody>");
        ReportVariant first = report.original();
        for (ReportVariant v : report.variants()) {
            h.raw("<tr>").cell(v.name());
            Optional<Duration> time = v.run().map(r -> r.latency().p50());
            h.number(
                    time.map(Duration::toNanos).orElse(-1L),
                    time.map(Figures::time).orElse(Figures.UNKNOWN));
            speed(h, first, v);
            h.number(v.fileBytes(), Figures.fileSize(v.fileBytes()));
            ratio(h, (double) first.fileBytes() / Math.max(1, v.fileBytes()), v == first, "smaller", "larger");
            h.number(
                    v.model().graph().allNodes(),
                    Integer.toString(v.model().graph().allNodes()));
            Optional<OutputDifference> worst =
                    v.differences().stream().min(Comparator.comparingDouble(OutputDifference::cosine));
            h.number(
                    worst.map(OutputDifference::cosine).orElse(2.0),
                    worst.map(w -> String.format(java.util.Locale.ROOT, "%.4f", w.cosine()))
                            .orElse(Figures.UNKNOWN));
            h.number(
                    worst.map(OutputDifference::sqnrDb).orElse(1e9),
                    worst.map(VariantsSection::decibels).orElse(Figures.UNKNOWN));
            h.raw("</tr>");
        }
        h.raw("</tbody></table>");
        for (ReportVariant v : report.variants()) {
            for (Diagnostic d : v.remarks()) {
                h.raw("<p class=small>").text(v.name() + " · " + d.line()).raw("</p>");
            }
        }
        h.raw("<p class=\"muted small\">A smaller file is not always a faster model: both are shown. "
                + "Accuracy is measured on seeded random inputs against the original.</p>");
    }

    private static void speed(Html h, ReportVariant first, ReportVariant v) {
        if (first.run().isPresent() && v.run().isPresent()) {
            ProfileRun one = first.run().get();
            ProfileRun two = v.run().get();
            double ratio = (double) one.latency().p50().toNanos()
                    / Math.max(1, two.latency().p50().toNanos());
            Optional<String> doubt = ProfileRun.doubt(one, two);
            if (v != first && doubt.isPresent()) {
                // What may not be compared is not sorted by its factor either.
                h.number(ProfileRun.comparable(one, two) ? ratio : -1, doubt.get());
            } else {
                ratio(h, ratio, v == first, "faster", "slower");
            }
        } else {
            h.number(-1, Figures.UNKNOWN);
        }
    }

    /// Better and worse have a word, not only a colour.
    private static void ratio(Html h, double ratio, boolean itself, String better, String worse) {
        if (itself) {
            h.number(1, "1");
            return;
        }
        boolean good = ratio >= 1;
        h.raw("<td class=\"n " + (good ? "good" : "bad") + "\" data-v=\"" + ratio + "\">")
                .text(Figures.digits(good ? ratio : 1 / ratio) + "× " + (good ? better : worse))
                .raw("</td>");
    }

    private static String decibels(OutputDifference d) {
        if (Double.isInfinite(d.maxAbs()) && d.nonFinite() > 0) {
            return d.nonFinite() + " not finite";
        }
        return Double.isInfinite(d.sqnrDb()) ? "equal" : String.format(java.util.Locale.ROOT, "%.1f dB", d.sqnrDb());
    }
}
