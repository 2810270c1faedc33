package dev.lathe.app.roofline;

import dev.lathe.core.Quantity;
import dev.lathe.profile.cost.Roofline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where things lie in the chart: two logarithmic axes over a rectangle of the canvas. Intensities in FLOP/B go right,
/// rates in FLOP/s up.
record RooflinePlot(
        double left,
        double top,
        double width,
        double height,
        double leastIntensity,
        double mostIntensity,
        double leastRate,
        double mostRate) {
    /// Around the outermost dots.
    private static final double ROOM = 1.8;

    /// Below this part of the highest, dots would press all others together.
    private static final double MOST_DECADES = 1e7;

    /// Radii of dots.
    private static final double SMALL = 3;

    private static final double LARGE = 9;
    private static final double CLOSE = 5;

    /// Axes that have room for all dots, and for the corner of the roof, where it is known.
    static RooflinePlot of(RooflineState state, double left, double top, double width, double height) {
        double leastX = Double.POSITIVE_INFINITY;
        double mostX = 0;
        double leastY = Double.POSITIVE_INFINITY;
        double mostY = 0;
        for (RooflineDot d : state.dots()) {
            leastX = Math.min(leastX, d.intensity());
            mostX = Math.max(mostX, d.intensity());
            leastY = Math.min(leastY, d.rate());
            mostY = Math.max(mostY, d.rate());
        }
        Optional<Roofline> roof = state.roof();
        if (roof.isPresent()) {
            for (Quantity peak : roof.get().peaks().values()) {
                double corner = peak.value() / roof.get().bandwidth().value();
                mostX = Math.max(mostX, corner * 2);
                leastX = Math.min(leastX, corner / 10);
                mostY = Math.max(mostY, peak.value());
                leastY = Math.min(leastY, peak.value() / 100);
            }
        }
        if (mostX == 0) {
            return new RooflinePlot(left, top, width, height, 0.1, 100, 1e8, 1e12);
        }
        return new RooflinePlot(
                left,
                top,
                width,
                height,
                Math.max(leastX, mostX / MOST_DECADES) / ROOM,
                mostX * ROOM,
                Math.max(leastY, mostY / MOST_DECADES) / ROOM,
                mostY * ROOM);
    }

    double x(double intensity) {
        return left + width * part(intensity, leastIntensity, mostIntensity);
    }

    double y(double rate) {
        return top + height * (1 - part(rate, leastRate, mostRate));
    }

    private static double part(double value, double least, double most) {
        double v = Math.clamp(value, least, most);
        return Math.log(v / least) / Math.log(most / least);
    }

    /// The area of a dot is its layer's part of the longest one's time.
    static double radius(RooflineDot dot, double largestShare) {
        return largestShare <= 0 ? SMALL : SMALL + (LARGE - SMALL) * Math.sqrt(dot.share() / largestShare);
    }

    /// The dot at a point of the canvas: of several the smallest, which is drawn last.
    Optional<RooflineDot> at(double px, double py, RooflineState state) {
        double largest = largest(state);
        Optional<RooflineDot> found = Optional.empty();
        double best = Double.POSITIVE_INFINITY;
        for (RooflineDot d : state.dots()) {
            double away = Math.hypot(x(d.intensity()) - px, y(d.rate()) - py);
            double radius = radius(d, largest);
            if (away <= radius + CLOSE && away - radius < best) {
                best = away - radius;
                found = Optional.of(d);
            }
        }
        return found;
    }

    static double largest(RooflineState state) {
        return state.dots().stream().mapToDouble(RooflineDot::share).max().orElse(0);
    }

    /// Powers of ten; where these are few, 2 and 5 times them, too.
    static List<Double> ticks(double least, double most) {
        boolean few = most / least < 1e3;
        List<Double> ticks = new ArrayList<>();
        for (int e = (int) Math.floor(Math.log10(least)); e <= Math.log10(most); e++) {
            for (double f : few ? new double[] {1, 2, 5} : new double[] {1}) {
                double t = f * Math.pow(10, e);
                if (t >= least && t <= most) {
                    ticks.add(t);
                }
            }
        }
        return ticks;
    }
}
