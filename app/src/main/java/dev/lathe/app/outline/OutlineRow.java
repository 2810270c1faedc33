package dev.lathe.app.outline;

import dev.lathe.app.project.Selection;

/// One visible line of the outline.
///
/// `depth` 0 is the model. `amount` is the cost as words, "—" where unknown; `part` its length on the outline's scale
/// in 0…1; `heat` its place on the heat scale in 0…1 (for what is drawn in one colour). `strip` says that children
/// are drawn one by one. `selects` is what a click selects.
public record OutlineRow(
        String path,
        String label,
        int depth,
        boolean expandable,
        boolean expanded,
        boolean strip,
        String amount,
        double part,
        double heat,
        String hint,
        Selection selects) {}
