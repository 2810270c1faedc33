package dev.lathe.app.variants;

import dev.lathe.app.project.Project;
import dev.lathe.app.project.Variant;
import dev.lathe.app.ui.Numbers;
import dev.lathe.optimize.check.OutputDifference;
import dev.lathe.profile.LatencyStats;
import dev.lathe.profile.LiveSample;
import dev.lathe.profile.ProfileRun;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/// What a variant won and lost against the original, in words: speed, size, accuracy. Each is there only when both were
/// measured, and where they ran at other sizes or on another device that is said
/// in place of a factor.
public record VariantGain(Optional<Word> speed, Optional<Word> size, Optional<Word> accuracy) {
    /// Two measurements that differ by less say nothing: repeated runs of one model do too.
    private static final double SAME_SPEED = 0.02;

    private static final VariantGain NONE = new VariantGain(Optional.empty(), Optional.empty(), Optional.empty());

    /// Whether it is better, worse, or neither; a colour for those who see it, beside a word for everybody.
    public enum Mood {
        BETTER,
        WORSE,
        NEITHER
    }

    /// One statement.
    public record Word(String text, Mood mood) {}

    static VariantGain of(Project p, Variant v) {
        Optional<Variant> source = p.source();
        if (v.isSource() || source.isEmpty()) {
            return NONE;
        }
        return new VariantGain(speed(p, source.get(), v), size(source.get(), v), accuracy(v));
    }

    public boolean isEmpty() {
        return speed.isEmpty() && size.isEmpty() && accuracy.isEmpty();
    }

    /// The median that is shown of a variant: of the run that goes on, or of the last one.
    static Optional<Duration> median(Project p, Variant v) {
        return latency(p, v).map(LatencyStats::p50);
    }

    private static Optional<LatencyStats> latency(Project p, Variant v) {
        boolean runs = p.run().runs(v.id());
        return p.live()
                .latest()
                .map(LiveSample::soFar)
                .filter(l -> runs && l.runs() > 0)
                .or(() -> p.runOf(v).map(ProfileRun::latency));
    }

    private static Optional<Word> speed(Project p, Variant source, Variant v) {
        if (source.run().isEmpty() || v.run().isEmpty()) {
            return Optional.empty();
        }
        return v.run()
                .get()
                .plan()
                .otherThan(source.run().get().plan())
                .map(why -> new Word(why, Mood.NEITHER))
                .or(() -> latency(p, source)
                        .flatMap(a ->
                                latency(p, v).filter(b -> !b.p50().isZero()).map(b -> speed(a, b))));
    }

    /// Medians of few runs, or of runs that differ much, show no difference that can be trusted: that is said instead.
    static Word speed(LatencyStats a, LatencyStats b) {
        return LatencyStats.doubt(a, b)
                .map(why -> new Word(why, Mood.NEITHER))
                .orElseGet(() -> speed((double) a.p50().toNanos() / b.p50().toNanos()));
    }

    static Word speed(double ratio) {
        if (Math.abs(ratio - 1) < SAME_SPEED) {
            return new Word("same speed", Mood.NEITHER);
        }
        return ratio > 1
                ? new Word(times(ratio) + "× faster", Mood.BETTER)
                : new Word(times(1 / ratio) + "× slower", Mood.WORSE);
    }

    /// 1.04× and 1.8×: two digits that say something.
    private static String times(double ratio) {
        return Numbers.digits(ratio, ratio < 1.095 ? 3 : 2);
    }

    private static Optional<Word> size(Variant source, Variant v) {
        return source.ready()
                .filter(s -> s.fileBytes() > 0)
                .flatMap(s -> v.ready().map(r -> {
                    double ratio = (double) r.fileBytes() / s.fileBytes();
                    String text = Numbers.digits(ratio, ratio >= 0.995 && ratio < 9.995 ? 3 : 2) + "×";
                    return new Word(text, ratio < 0.995 ? Mood.BETTER : ratio > 1.005 ? Mood.WORSE : Mood.NEITHER);
                }));
    }

    private static Optional<Word> accuracy(Variant v) {
        long broken =
                v.differences().stream().mapToLong(OutputDifference::nonFinite).sum();
        if (broken > 0) {
            return Optional.of(new Word(Numbers.grouped(broken) + " values not finite", Mood.WORSE));
        }
        return v.differences().stream()
                .filter(d -> !Double.isNaN(d.cosine()))
                .min(Comparator.comparingDouble(OutputDifference::cosine))
                .map(d -> new Word("cosine " + Numbers.cosine(d.cosine()), Mood.NEITHER));
    }
}
