package dev.lathe.report;

import dev.lathe.core.LatheException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

/// `report.html`: one file with everything inside (style, script, drawings), so that it opens offline and can
/// be sent by mail.
public final class HtmlReport implements ReportWriter {
    private static final List<HtmlSection> SECTIONS = List.of(
            new SummarySection(),
            new VariantsSection(),
            new TimeSection(),
            new FindingsSection(),
            new OperatorsSection(),
            new LayersSection(),
            new MethodSection());

    @Override
    public String fileName() {
        return "report.html";
    }

    @Override
    public String description() {
        return "One page with all figures, for a colleague";
    }

    @Override
    public void write(Report report, Path folder) throws LatheException {
        ReportWriters.text(folder.resolve(fileName()), page(report));
    }

    static String page(Report report) {
        Html h = new Html();
        h.raw("<!doctype html>\n<html lang=en><head><meta charset=utf-8>");
        h.raw("<meta name=viewport content=\"width=device-width,initial-scale=1\">");
        h.tag("title", report.title() + " · Lathe report");
        h.raw("<style>" + resource("report.css") + "</style></head><body><main>");
        h.heading(1, report.title());
        h.raw("<p class=muted>")
                .text(DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm", java.util.Locale.ENGLISH)
                        .withZone(ZoneId.systemDefault())
                        .format(report.when()))
                .text(" · Lathe " + report.version());
        for (Report.Fact f : report.machine()) {
            h.text(" · " + f.text());
        }
        h.raw("</p>");
        for (HtmlSection section : SECTIONS) {
            section.append(report, h);
        }
        h.raw("</main><script>" + resource("report.js") + "</script></body></html>\n");
        return h.toString();
    }

    private static String resource(String name) {
        try (var in = HtmlReport.class.getResourceAsStream("/dev/lathe/report/" + name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the program's jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
