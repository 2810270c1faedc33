package dev.lathe.app.live;

import java.util.List;
import org.jfree.data.xy.AbstractXYDataset;

/// The lines of one live chart for JFreeChart, replaced as a whole: one event per refresh, however many samples came.
final class WindowDataset extends AbstractXYDataset {
    private static final long serialVersionUID = 1L;

    private transient List<LiveChart.Line> lines = List.of();

    void show(List<LiveChart.Line> next) {
        lines = List.copyOf(next);
    }

    void tell() {
        fireDatasetChanged();
    }

    @Override
    public int getSeriesCount() {
        return lines.size();
    }

    @Override
    public Comparable<String> getSeriesKey(int series) {
        return lines.get(series).name();
    }

    @Override
    public int getItemCount(int series) {
        return lines.get(series).x().length;
    }

    @Override
    public Number getX(int series, int item) {
        return getXValue(series, item);
    }

    @Override
    public Number getY(int series, int item) {
        return getYValue(series, item);
    }

    @Override
    public double getXValue(int series, int item) {
        return lines.get(series).x()[item];
    }

    @Override
    public double getYValue(int series, int item) {
        return lines.get(series).y()[item];
    }
}
