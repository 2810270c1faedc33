package dev.lathe.app.timeline;

import java.util.List;
import java.util.Map;

/// What ran when, ready to be drawn.
///
/// @param title what it is of
/// @param from where it begins, in µs on its own clock; `to` where it ends
/// @param kinds the kinds of slices that took longest, each with the time of its slices in µs, the longest first
/// @param busy time of all slices that lie in no other, in µs
public record Timeline(
        String title,
        List<Track> tracks,
        List<CounterCurve> counters,
        double from,
        double to,
        Map<String, Double> kinds,
        double busy) {
    public Timeline {
        tracks = List.copyOf(tracks);
        counters = List.copyOf(counters);
    }

    public int slices() {
        return tracks.stream().mapToInt(Track::slices).sum();
    }

    public double length() {
        return to - from;
    }
}
