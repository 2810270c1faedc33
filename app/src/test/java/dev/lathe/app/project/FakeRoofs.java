package dev.lathe.app.project;

import dev.lathe.core.JobCancelledException;
import dev.lathe.core.JobContext;
import dev.lathe.core.Quantity;
import dev.lathe.core.Unit;
import dev.lathe.graph.DType;
import dev.lathe.profile.ceiling.Ceiling;
import dev.lathe.profile.ceiling.CeilingSetup;
import dev.lathe.profile.ceiling.Ceilings;
import dev.lathe.profile.engine.RunTarget;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A device of 20 GB/s and 100 GFLOP/s that nobody has measured yet; measuring takes until `measured` is released.
public final class FakeRoofs implements Services.Roofs {
    public final CountDownLatch measured = new CountDownLatch(1);
    public volatile Optional<Ceilings> kept = Optional.empty();

    @Override
    public Optional<Ceilings> find(RunTarget target) {
        return kept;
    }

    @Override
    public Ceilings measure(RunTarget target, JobContext context) {
        try {
            while (!measured.await(20, TimeUnit.MILLISECONDS)) {
                context.progress(0.25, "float32 matrices");
                context.checkCancelled();
            }
        } catch (InterruptedException e) {
            throw new JobCancelledException();
        }
        return of(target);
    }

    @Override
    public void keep(Ceilings ceilings) {
        kept = Optional.of(ceilings);
    }

    public static Ceilings of(RunTarget target) {
        return new Ceilings(
                new CeilingSetup(target.device().id(), target.device().name(), List.of(), target.threads(), "e", "1"),
                Instant.parse("2026-11-21T14:02:00Z"),
                reached(20e9, Unit.BYTES_PER_SECOND),
                Map.of(
                        DType.FLOAT32,
                        reached(100e9, Unit.FLOP_PER_SECOND),
                        DType.INT8,
                        reached(390e9, Unit.OP_PER_SECOND),
                        DType.BFLOAT16,
                        new Ceiling.NotMeasurable("the engine has no kernel for it")));
    }

    private static Ceiling reached(double best, Unit unit) {
        return new Ceiling.Reached(Quantity.of(best, unit), Quantity.of(best / 1.1, unit), 20);
    }
}
