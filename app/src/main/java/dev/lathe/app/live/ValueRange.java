package dev.lathe.app.live;

/// The value axis of a live chart: ends and step on round numbers, so that the axis does not tremble with every sample.
public record ValueRange(double low, double high, double step) {

    /// Four or five steps around the values; from zero where the chart says so; a fixed top where it has one.
    public static ValueRange around(LiveChart chart) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (LiveChart.Line line : chart.lines()) {
            for (double y : line.y()) {
                min = Math.min(min, y);
                max = Math.max(max, y);
            }
        }
        if (chart.top().isPresent()) {
            double top = chart.top().getAsDouble();
            return new ValueRange(0, top * 1.02, top / 4);
        }
        if (min > max) {
            return new ValueRange(0, 1, 0.25);
        }
        double low = chart.fromZero() ? 0 : min;
        double span = Math.max(max - low, Math.abs(max) * 0.05);
        if (span == 0) {
            span = 1;
        }
        double step = niceStep(span / 3.2);
        double first = chart.fromZero() ? 0 : Math.floor(low / step) * step;
        double last = Math.ceil((max + span * 0.04) / step) * step;
        return new ValueRange(first, Math.max(last, first + step), step);
    }

    /// 1, 2, 2.5 or 5 times a power of ten, not below `rough`.
    public static double niceStep(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double factor : new double[] {1, 2, 2.5, 5}) {
            if (factor * power >= rough * 0.999) {
                return factor * power;
            }
        }
        return 10 * power;
    }
}
