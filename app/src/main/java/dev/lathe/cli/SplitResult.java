package dev.lathe.cli;

import dev.lathe.core.Diagnostic;
import dev.lathe.optimize.partition.MeasuredPipeline;
import dev.lathe.optimize.partition.PipelinePlan;
import dev.lathe.optimize.partition.Prediction;
import dev.lathe.optimize.partition.TransferModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What `lathe split` tells, for people and for machines.
///
/// @param at how many nodes come before each border
/// @param measured what was measured with `--run`, until it broke off
/// @param brokeOff why it did
record SplitResult(
        Path file,
        PipelinePlan plan,
        List<Integer> at,
        TransferModel transfer,
        Prediction prediction,
        Optional<MeasuredPipeline> measured,
        Optional<Diagnostic> brokeOff) {

    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> j = new LinkedHashMap<>();
        j.put("model", file.toString());
        List<Map<String, @Nullable Object>> list = new ArrayList<>();
        for (PipelinePlan.StageFile s : plan.stages()) {
            Map<String, @Nullable Object> stage = new LinkedHashMap<>();
            stage.put("file", s.file().toString());
            stage.put("nodes", s.stage().model().graph().nodes().size());
            stage.put("device", s.stage().stage().device().id());
            stage.put("inputs", joined(s.stage().modelInputs(), s.stage().carriedIn()));
            stage.put("outputs", joined(s.stage().modelOutputs(), s.stage().carriedOut()));
            stage.put(
                    "sharesCoresWith",
                    prediction.sharing().get(list.size()).stream()
                            .map(t -> t + 1)
                            .toList());
            stage.put("predictedMs", Amounts.ms(prediction.stageTimes().get(list.size())));
            int index = list.size();
            stage.put(
                    "measuredMs",
                    measured.map(m -> Amounts.ms(m.stageTimes().get(index))).orElse(null));
            list.add(stage);
        }
        j.put("stages", list);
        j.put("borders", at);
        j.put("transferBytes", prediction.transferBytes());
        Map<String, @Nullable Object> predicted = new LinkedHashMap<>();
        predicted.put("throughputPerSecond", prediction.throughputPerSecond());
        predicted.put("latencyMs", Amounts.ms(prediction.latency()));
        predicted.put("rough", prediction.rough());
        j.put("predicted", predicted);
        Map<String, @Nullable Object> handOver = new LinkedHashMap<>();
        handOver.put("callMs", Amounts.ms(transfer.perCall()));
        handOver.put("bytesPerSecond", transfer.sending().value());
        handOver.put("measuredHere", !transfer.equals(TransferModel.BETWEEN_WORKERS));
        j.put("handOver", handOver);
        j.put("measured", measured.map(SplitResult::measuredJson).orElse(null));
        j.put(
                "predictionErrorPercent",
                measured.map(m -> errorJson(prediction, m)).orElse(null));
        j.put(
                "maxAbsDifference",
                measured.map(MeasuredPipeline::maxAbsDifference)
                        .filter(Double::isFinite)
                        .orElse(null));
        j.put("notes", brokeOff.map(Diagnostic::line).stream().toList());
        return j;
    }

    private static List<String> joined(List<String> a, List<String> b) {
        List<String> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }

    private static Map<String, @Nullable Object> errorJson(Prediction p, MeasuredPipeline m) {
        Map<String, @Nullable Object> j = new LinkedHashMap<>();
        j.put("throughput", throughputError(p, m).percent());
        j.put("latency", latencyError(p, m).percent());
        return j;
    }

    private static PredictionError throughputError(Prediction p, MeasuredPipeline m) {
        return new PredictionError(p.throughputPerSecond(), m.throughputPerSecond());
    }

    /// Of one request alone: that is what is predicted.
    private static PredictionError latencyError(Prediction p, MeasuredPipeline m) {
        return PredictionError.of(p.latency(), m.aloneLatency());
    }

    private static Map<String, @Nullable Object> measuredJson(MeasuredPipeline m) {
        Map<String, @Nullable Object> j = new LinkedHashMap<>();
        j.put("throughputPerSecond", m.throughputPerSecond());
        j.put("latencyMs", Amounts.ms(m.latency().p50()));
        j.put("latencyAloneMs", Amounts.ms(m.aloneLatency()));
        j.put("requests", m.requests());
        j.put("inFlight", m.inFlight());
        j.put("wholeThroughputPerSecond", m.wholeThroughputPerSecond());
        j.put("wholeLatencyMs", Amounts.ms(m.wholeLatency().p50()));
        j.put("wholeThreads", m.wholeThreads());
        return j;
    }

    String text() {
        StringBuilder b = new StringBuilder();
        int i = 0;
        for (PipelinePlan.StageFile s : plan.stages()) {
            b.append(String.format(
                    Locale.ROOT,
                    "stage %d  %-8s %5d nodes  ~%s per request%s  %s%n",
                    i + 1,
                    s.stage().stage().device().id(),
                    s.stage().model().graph().allNodes(),
                    Amounts.millis(prediction.stageTimes().get(i)),
                    measured.isPresent()
                            ? ", measured "
                                    + Amounts.millis(measured.get().stageTimes().get(i))
                            : "",
                    s.file()));
            if (i < at.size()) {
                b.append(String.format(
                        "  border after node %d: %s cross%n",
                        at.get(i), Amounts.bytes(prediction.transferBytes().get(i))));
            }
            i++;
        }
        b.append(String.format(
                Locale.ROOT,
                "predicted  ~%.1f per second, latency ~%s (estimates)%n",
                prediction.throughputPerSecond(),
                Amounts.millis(prediction.latency())));
        b.append(String.format(
                Locale.ROOT,
                "           of a stage's time %s are for the call; tensors go over at %.1f GB/s%n",
                Amounts.millis(transfer.perCall()),
                transfer.sending().value() / 1e9));
        if (!prediction.sharers().isEmpty()) {
            b.append("           stages ")
                    .append(prediction.sharers().stream()
                            .map(t -> String.valueOf(t + 1))
                            .collect(Collectors.joining(", ")))
                    .append(" share cores: they take turns there, and their times add up\n");
        }
        if (prediction.rough()) {
            b.append(
                    "           a rough guess: stages under 1 ms are mostly calls, and what a call takes varies with all else that runs\n");
        }
        measured.ifPresent(m -> b.append(String.format(
                Locale.ROOT,
                "measured   %.1f per second (predicted %.1f, %s)%n"
                        + "           latency p50 %s with %d in flight, %s alone (predicted %s, %s)%n"
                        + "unsplit    %.1f per second, latency p50 %s with %d thread%s%n"
                        + "outputs    differ by at most %.3g%n",
                m.throughputPerSecond(),
                prediction.throughputPerSecond(),
                throughputError(prediction, m).words(),
                Amounts.millis(m.latency().p50()),
                m.inFlight(),
                Amounts.millis(m.aloneLatency()),
                Amounts.millis(prediction.latency()),
                latencyError(prediction, m).words(),
                m.wholeThroughputPerSecond(),
                Amounts.millis(m.wholeLatency().p50()),
                m.wholeThreads(),
                m.wholeThreads() == 1 ? "" : "s",
                m.maxAbsDifference())));
        measured.filter(m -> m.throughputPerSecond() < m.wholeThroughputPerSecond())
                .ifPresent(m -> b.append("           split, this model is slower here than whole on the same cores\n"));
        return b.toString();
    }
}
