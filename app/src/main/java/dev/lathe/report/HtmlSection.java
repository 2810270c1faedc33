package dev.lathe.report;

/// One part of the page. It appends nothing when it has nothing to tell.
interface HtmlSection {
    void append(Report report, Html html);
}
