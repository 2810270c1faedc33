package dev.lathe.profile.ceiling;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Quantity;
import dev.lathe.core.Unit;
import dev.lathe.graph.DType;
import dev.lathe.graph.target.Device;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.Profiler;
import dev.lathe.profile.engine.Accelerator;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Measures what a device gives at most, by running small models on it as any other model is run: in a worker bound to
/// its cores, with its threads, by the engine. So the ceilings are those of runs, not of the processor's data sheet:
/// an engine without a kernel for half-precision numbers has a low ceiling for them on any processor.
///
/// Memory bandwidth is the better of two ways to read a constant once, of several times the size of the last cache.
/// Seen
/// beside plain C loops on one core of two of an EPYC (family 25, model 17): maxima of rows 24 to 27 GB/s, product
/// with a vector 23 to 25; C: reading 9, memcpy 11, copies past the cache 19 (in small pages, all of them). Adding two
/// tensors gives 7, negating one 11, joining two 15.
public final class CeilingMeasurement {
    /// For what is measured of the matrix unit, in the order in which it is shown.
    public static final List<DType> MATRIX = List.of(DType.FLOAT32, DType.FLOAT16, DType.BFLOAT16, DType.INT8);

    private static final int WARM_UP = 3;
    private static final int ROUNDS = 2;
    private static final double BUFFER_PER_CACHE = 4;
    private static final double LEAST_BUFFER = 128 << 20;

    /// A machine may have more cache than it has memory to spare.
    private static final double BUFFER_PER_MEMORY = 1.0 / 8;

    private final Profiler profiler;
    private final Quantity lastLevelCache;

    /// @param lastLevelCache all that the last level of cache holds, see
    ///     [dev.lathe.profile.device.CpuCaches#lastLevel]
    public CeilingMeasurement(Profiler profiler, Quantity lastLevelCache) {
        this.profiler = profiler;
        this.lastLevelCache = lastLevelCache;
    }

    /// All ceilings of a device with one thread for each of its cores; about a second for each.
    ///
    /// @throws dev.lathe.core.JobCancelledException when the job was cancelled
    public Ceilings measure(Device device, String engine, JobContext job) {
        RunTarget target = RunTarget.usual(engine, device);
        Instant when = Instant.now();
        double steps = MATRIX.size() + 1;
        job.progress(0, device.id() + " · memory bandwidth");
        Ceiling memory = ceiling(CeilingModel.memory(buffer(device)), false, target, job);
        Map<DType, Ceiling> matrix = new EnumMap<>(DType.class);
        for (DType dtype : MATRIX) {
            job.progress((matrix.size() + 1) / steps, device.id() + " · " + dtype.text() + " matrices");
            matrix.put(dtype, ceiling(CeilingModel.matrix(dtype, target.threads()), true, target, job));
        }
        return new Ceilings(CeilingSetup.of(target), when, memory, matrix);
    }

    private Quantity buffer(Device device) {
        double wanted = Math.max(LEAST_BUFFER, BUFFER_PER_CACHE * lastLevelCache.value());
        double most = device.memoryBytes().orElse(Long.MAX_VALUE) * BUFFER_PER_MEMORY;
        return Quantity.of(Math.min(wanted, most), Unit.BYTES);
    }

    /// The best of several ways to do the same work; once more where that was disturbed.
    ///
    /// @param enough whether one way will do when nothing disturbed it
    private Ceiling ceiling(List<CeilingModel> ways, boolean enough, RunTarget target, JobContext job) {
        Ceiling best = new Ceiling.NotMeasurable("nothing was run");
        for (int round = 0; round < ROUNDS; round++) {
            for (CeilingModel way : ways) {
                if ((enough || round > 0) && steady(best)) {
                    return best;
                }
                best = better(best, tried(way, target, job));
            }
            if (best instanceof Ceiling.NotMeasurable) {
                return best;
            }
        }
        return best;
    }

    private static boolean steady(Ceiling ceiling) {
        return ceiling instanceof Ceiling.Reached r && !r.disturbed();
    }

    private static Ceiling better(Ceiling a, Ceiling b) {
        if (a instanceof Ceiling.Reached first && b instanceof Ceiling.Reached second) {
            return first.best().value() >= second.best().value() ? first : second;
        }
        return a instanceof Ceiling.Reached ? a : b;
    }

    private Ceiling tried(CeilingModel way, RunTarget target, JobContext job) {
        try {
            return run(way, target, job);
        } catch (LatheException e) {
            job.checkCancelled();
            return new Ceiling.NotMeasurable(withoutStop(e.diagnostic().message()));
        }
    }

    private Ceiling.Reached run(CeilingModel m, RunTarget target, JobContext job) throws LatheException {
        job.checkCancelled();
        ProfilePlan plan =
                new ProfilePlan(target, SessionConfig.USUAL, WARM_UP, 0, 1, m.dims(), 0).withOptions(options(target));
        Patience patience = new Patience(job);
        ProfileRun run = profiler.profile(m.model(), plan, patience, patience);
        job.checkCancelled();
        return new Ceiling.Reached(
                rate(m, run.latency().min()),
                rate(m, run.latency().p50()),
                run.latency().runs());
    }

    /// What an accelerator has no kernel for would run on the CPU, and say nothing about the accelerator.
    private static Map<String, String> options(RunTarget target) {
        return Accelerator.of(target.device()).isPresent()
                ? Map.of(SessionConfig.SPINNING, "1", "session.disable_cpu_ep_fallback", "1")
                : Map.of(SessionConfig.SPINNING, "1");
    }

    private static Quantity rate(CeilingModel m, Duration time) {
        // The clock of some systems is coarse; a run takes more than one tick of it.
        return Quantity.of(m.work().value() * 1e9 / Math.max(1, time.toNanos()), m.perSecond());
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
