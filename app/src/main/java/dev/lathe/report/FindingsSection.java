package dev.lathe.report;

import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.insight.Examination;
import dev.lathe.profile.insight.Finding;
import dev.lathe.profile.insight.Gain;
import dev.lathe.profile.insight.Remedy;
import dev.lathe.profile.insight.RunFacts;
import dev.lathe.profile.insight.Verdict;
import java.util.List;
import java.util.Locale;

/// What the figures of each run mean, and what to do about it.
final class FindingsSection implements HtmlSection {
    @Override
    public void append(Report report, Html h) {
        report.variants().forEach(v -> v.run().ifPresent(run -> append(v, run, report.of(v), h)));
    }

    private static void append(ReportVariant v, ProfileRun run, String which, Html h) {
        Examination all = Examination.of(RunFacts.here(v.analysis(), run, List.of()));
        List<Finding> shown = all.foremost();
        h.heading(2, "Findings" + which);
        if (shown.isEmpty()) {
            h.raw("<p>").text("Nothing found that is worth a change.").raw("</p>");
        } else {
            h.raw("<ol class=findings>");
            shown.forEach(f -> append(f, h));
            h.raw("</ol>");
        }
        h.raw("<p class=\"small muted\">").text(rest(all, shown.size())).raw("</p>");
    }

    private static void append(Finding f, Html h) {
        h.raw("<li class=" + f.severity().name().toLowerCase(Locale.ROOT) + ">").tag("b", f.title());
        f.gain()
                .map(Gain::text)
                .ifPresent(g -> h.raw(" <span class=muted>").text("· " + g).raw("</span>"));
        h.raw("<p>").text(f.explanation()).raw("</p><p>").text("→ " + f.remedy().text());
        // The commands of a report are read on other machines: only the pass is the same there.
        if (f.remedy().act().orElse(null) instanceof Remedy.Act.Pass(String name, var options)) {
            h.text(" ").tag("code", "lathe optimize MODEL --pass " + name + " -o OUT");
        }
        h.raw("</p></li>");
    }

    private static String rest(Examination all, int shown) {
        int more = all.findings().size() - shown;
        String text = all.checks().size() - all.notChecked().size() + " rules looked"
                + (more > 0 ? " and found " + more + " more that win less" : "") + ".";
        return all.notChecked().isEmpty() ? text : text + " Not checked: " + untold(all) + ".";
    }

    private static String untold(Examination all) {
        return String.join(
                "; ",
                all.notChecked().stream()
                        .map(c -> c.verdict() instanceof Verdict.NotChecked(String why)
                                ? c.title() + " (" + why + ")"
                                : c.title())
                        .toList());
    }
}
