package dev.lathe.profile.worker;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.Jobs;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.profile.energy.EnergyMeter;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.worker.wire.Loop;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// The measuring loop with several runs in flight: a thread for each stream, with inputs in memory of its own, on one
/// opened model. They begin together when all are warm, and take runs from a common count, so that as many are in
/// flight until the last ones. Each run is timed by itself; how many there are in a second, the wall clock tells.
/// That says nothing of a few ms, so there are more runs than were asked for where these are over sooner.
///
/// No run is profiled: what a kernel takes is then a matter of what else runs.
final class StreamLoop {
    private static final long ALIGNED = 64;
    private static final long LEAST_NANOS = 250_000_000;

    private final Session session;
    private final Map<String, HostTensor> inputs;
    private final Loop plan;
    private final BooleanSupplier stopped;
    private final Findings findings;
    private final AtomicBoolean failed = new AtomicBoolean();
    private final AtomicInteger taken = new AtomicInteger();
    private final LongSupplier clock;
    private volatile long began;

    /// @param meter waits until the counters of energy are open
    StreamLoop(
            Session session,
            Map<String, HostTensor> inputs,
            Loop plan,
            BooleanSupplier stopped,
            Supplier<EnergyMeter> meter) {
        this(session, inputs, plan, stopped, meter, System::nanoTime);
    }

    /// @param clock ns from any origin, asked whether the loop was long enough
    StreamLoop(
            Session session,
            Map<String, HostTensor> inputs,
            Loop plan,
            BooleanSupplier stopped,
            Supplier<EnergyMeter> meter,
            LongSupplier clock) {
        this.session = session;
        this.inputs = inputs;
        this.plan = plan;
        this.findings = Findings.ofStreams(meter);
        this.stopped = () -> stopped.getAsBoolean() || findings.isUntold();
        this.clock = clock;
    }

    void run(Reporting.Report report) throws LatheException, IOException {
        List<Session> streams = new ArrayList<>();
        try {
            for (int i = 0; i < plan.getStreams(); i++) {
                streams.add(session.stream().orElseThrow(StreamLoop::onlyOne));
            }
            Reporting.during(findings, report, () -> inFlight(streams));
        } finally {
            streams.forEach(Session::close);
        }
    }

    private static LatheException onlyOne() {
        return new LatheException(Diagnostic.error(
                "one-stream", "this engine runs a model once at a time; it has no streams.", Place.nowhere()));
    }

    private void inFlight(List<Session> streams) throws LatheException {
        CompletableFuture<Boolean> begin = new CompletableFuture<>();
        List<CompletableFuture<Boolean>> warm = new ArrayList<>();
        List<CompletableFuture<Boolean>> done = new ArrayList<>();
        for (int i = 0; i < streams.size(); i++) {
            Stream stream = new Stream(streams.get(i), own(inputs), begin);
            warm.add(stream.warm);
            done.add(stream.done);
            Jobs.daemon("lathe-worker-stream-" + i, stream::run);
        }
        try {
            await(warm);
            findings.start();
            began = clock.getAsLong();
            begin.complete(true);
            await(done);
            findings.loopEnded();
        } finally {
            // One that failed before the others began.
            begin.complete(false);
            done.forEach(d -> d.exceptionally(e -> false).join());
        }
    }

    private static Map<String, HostTensor> own(Map<String, HostTensor> inputs) {
        Map<String, HostTensor> copies = new LinkedHashMap<>();
        inputs.forEach((name, t) -> {
            // Outside the heap, which is small in a worker.
            MemorySegment bytes =
                    Arena.ofAuto().allocate(t.bytes().byteSize(), ALIGNED).copyFrom(t.bytes());
            copies.put(name, new HostTensor(t.dtype(), t.dims(), bytes, t.strings()));
        });
        return copies;
    }

    private static void await(List<CompletableFuture<Boolean>> all) throws LatheException {
        try {
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case LatheException l -> throw l;
                case RuntimeException r -> throw r;
                case Error x -> throw x;
                case null, default -> throw e;
            }
        }
    }

    /// One of them; `warm` and `done` tell how far it is, or what it failed by.
    private final class Stream {
        private final Session session;
        private final Map<String, HostTensor> inputs;
        private final CompletableFuture<Boolean> begin;
        private final CompletableFuture<Boolean> warm = new CompletableFuture<>();
        private final CompletableFuture<Boolean> done = new CompletableFuture<>();

        Stream(Session session, Map<String, HostTensor> inputs, CompletableFuture<Boolean> begin) {
            this.session = session;
            this.inputs = inputs;
            this.begin = begin;
        }

        void run() {
            try {
                for (int i = 0; i < plan.getWarmup() && !over(); i++) {
                    session.runOnly(inputs);
                }
                warm.complete(true);
                if (begin.join()) {
                    measure();
                }
                done.complete(true);
            } catch (LatheException | RuntimeException | Error e) {
                // The others end after their present run.
                failed.set(true);
                warm.completeExceptionally(e);
                done.completeExceptionally(e);
            }
        }

        private void measure() throws LatheException {
            while (!over() && goesOn()) {
                long before = System.nanoTime();
                session.runOnly(inputs);
                findings.ran(System.nanoTime() - before);
            }
        }

        private boolean goesOn() {
            return plan.getRuns() == 0
                    || taken.getAndIncrement() < plan.getRuns()
                    || clock.getAsLong() - began < LEAST_NANOS;
        }

        private boolean over() {
            return failed.get() || stopped.getAsBoolean();
        }
    }
}
