package dev.lathe.cli;

import dev.lathe.core.ByteSize;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.sweep.Sweep;
import dev.lathe.profile.sweep.SweepAxes;
import dev.lathe.profile.sweep.SweepPoint;
import dev.lathe.profile.sweep.SweepResult;
import dev.lathe.profile.sweep.SweepValues;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/// `--sweep` and its kin of `lathe run`: the model at many sizes.
final class SweepArgument {
    private static final String THREADS = "threads";
    private static final String STREAMS = "streams";

    @Option(
            names = "--sweep",
            paramLabel = "NAME=VALUES",
            description =
                    "Measure at each of these sizes of a free dimension, or numbers of threads, or of streams (runs in flight"
                            + " at once): batch=1,2,4 or batch=1..64*2 or threads=1..4 or streams=1..8. Repeatable: every combination. --runs and --warmup count for each.")
    private List<String> axes = new ArrayList<>();

    @Option(
            names = "--resume",
            paramLabel = "F",
            description = "Keep what a sweep has measured in F, and go on from there.")
    private Optional<Path> resume = Optional.empty();

    @Option(
            names = "--memory-limit",
            paramLabel = "SIZE",
            description = "Say which point of the sweep gets most done within so much memory, e.g. 2GiB.")
    private Optional<String> limit = Optional.empty();

    boolean isGiven() {
        return !axes.isEmpty();
    }

    void check() throws LatheException {
        if (axes.isEmpty() && (resume.isPresent() || limit.isPresent())) {
            throw TargetOptions.wrong(
                    resume.isPresent() ? "--resume" : "--memory-limit", "--sweep says what is varied.");
        }
        if (limit.isPresent()) {
            Optional<Long> unused = limitBytes();
        }
        OutputFile.check("--resume", resume);
    }

    /// @param plan what holds for every point
    /// @param told where rows are printed as they come
    SweepTable run(Path file, Model model, ProfilePlan plan, Services services, Optional<PrintWriter> told)
            throws LatheException {
        Set<String> free = new TreeSet<>(
                Analysis.of(model, DimBindings.NONE, services.job()).freeDims().keySet());
        SweepAxes swept = axes(free);
        List<SweepPoint> points = swept.points(plan.dims(), plan.target().threads(), plan.streams());
        if (points.size() > SweepValues.MOST) {
            throw TargetOptions.wrong("--sweep", points.size() + " points are more than " + SweepValues.MOST + ".");
        }
        Map<SweepPoint, SweepResult> results = new LinkedHashMap<>();
        try (SweepFile kept = SweepFile.open(resume, file, plan)) {
            kept.results().forEach(r -> results.put(r.point(), r));
            SweepTable table = new SweepTable(swept, List.of(), limitBytes());
            told.ifPresent(out -> print(out, table.header()));
            points.stream()
                    .flatMap(p -> Optional.ofNullable(results.get(p)).stream())
                    .forEach(r -> told.ifPresent(out -> print(out, table.row(r))));
            Set<SweepPoint> before = Set.copyOf(results.keySet());
            Sweep.run(
                    model,
                    plan,
                    points,
                    before,
                    services.profiler(),
                    r -> {
                        results.put(r.point(), r);
                        told.ifPresent(out -> print(out, table.row(r)));
                        kept.add(r);
                    },
                    services.job());
        } catch (UncheckedIOException e) {
            throw SweepFile.unkept(Optional.ofNullable(e.getCause()).orElseGet(() -> new IOException(e)));
        }
        List<SweepResult> ordered = points.stream()
                .flatMap(p -> Optional.ofNullable(results.get(p)).stream())
                .toList();
        SweepTable table = new SweepTable(swept, ordered, limitBytes());
        told.ifPresent(out -> print(out, table.footer()));
        return table;
    }

    private static void print(PrintWriter out, String text) {
        out.print(text);
        out.flush();
    }

    private Optional<Long> limitBytes() throws LatheException {
        if (limit.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(ByteSize.of(limit.get())
                .orElseThrow(() -> TargetOptions.wrong(
                        "--memory-limit", "'" + limit.get() + "' is no amount of memory such as 500MB or 2GiB.")));
    }

    private SweepAxes axes(Set<String> free) throws LatheException {
        Map<String, List<Long>> sizes = new LinkedHashMap<>();
        List<Integer> threads = new ArrayList<>();
        List<Integer> streams = new ArrayList<>();
        for (String axis : axes) {
            int eq = axis.lastIndexOf('=');
            String name = eq < 1 ? "" : axis.substring(0, eq).strip();
            boolean size = !name.equals(THREADS) && !name.equals(STREAMS);
            if (size && !free.contains(name)) {
                throw TargetOptions.wrong(
                        "--sweep",
                        "'" + axis + "' is not NAME=VALUES with NAME one of threads, streams"
                                + free.stream().map(f -> ", " + f).collect(Collectors.joining()) + ".");
            }
            List<Long> values = values(axis.substring(eq + 1));
            if (size) {
                if (sizes.put(name, values) != null) {
                    throw TargetOptions.wrong("--sweep", "'" + name + "' is given twice.");
                }
                continue;
            }
            for (long v : values) {
                int count = (int) Math.min(v, Integer.MAX_VALUE);
                if (name.equals(STREAMS)) {
                    TargetOptions.checkStreams(count);
                    streams.add(count);
                } else {
                    TargetOptions.check(count, Runtime.getRuntime().availableProcessors());
                    threads.add(count);
                }
            }
        }
        return new SweepAxes(sizes, threads, streams);
    }

    private static List<Long> values(String text) throws LatheException {
        try {
            return SweepValues.parse(text);
        } catch (IllegalArgumentException e) {
            throw TargetOptions.wrong("--sweep", String.valueOf(e.getMessage()));
        }
    }
}
