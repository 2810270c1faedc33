package dev.lathe.app.parts;

import java.util.List;
import javafx.geometry.HPos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.layout.Pane;

/// A row that, where it is too narrow for all of its parts, leaves out the least telling ones rather than cutting each
/// of them; it stands at the right of its place.
public final class FoldingRow extends Pane {
    private final double gap;
    private List<Part> parts = List.of();

    /// A part of the row; those of the highest `rank` go first, and those of rank 0 never.
    public record Part(Node node, int rank) {}

    public FoldingRow(double gap) {
        this.gap = gap;
    }

    public void show(List<Part> next) {
        parts = List.copyOf(next);
        getChildren().setAll(parts.stream().map(Part::node).toList());
    }

    @Override
    protected double computePrefWidth(double height) {
        return width(highest());
    }

    @Override
    protected double computeMinWidth(double height) {
        return width(0);
    }

    @Override
    protected double computePrefHeight(double width) {
        return parts.stream().mapToDouble(p -> p.node().prefHeight(-1)).max().orElse(0);
    }

    @Override
    protected void layoutChildren() {
        int shown = highest();
        while (shown > 0 && width(shown) > getWidth() + 0.5) {
            shown--;
        }
        double x = Math.max(0, getWidth() - width(shown));
        for (Part p : parts) {
            boolean fits = p.rank() <= shown;
            p.node().setVisible(fits);
            if (fits) {
                double width = p.node().prefWidth(-1);
                layoutInArea(p.node(), x, 0, width, getHeight(), 0, HPos.LEFT, VPos.CENTER);
                x += width + gap;
            }
        }
    }

    private int highest() {
        return parts.stream().mapToInt(Part::rank).max().orElse(0);
    }

    private double width(int shown) {
        double sum = 0;
        for (Part p : parts) {
            if (p.rank() <= shown) {
                sum += p.node().prefWidth(-1) + gap;
            }
        }
        return Math.max(0, sum - gap);
    }
}
