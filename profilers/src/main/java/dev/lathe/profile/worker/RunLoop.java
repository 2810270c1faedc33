package dev.lathe.profile.worker;

import dev.lathe.core.LatheException;
import dev.lathe.profile.energy.EnergyMeter;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.TracedRun;
import dev.lathe.profile.engine.Tracer;
import dev.lathe.profile.worker.wire.Loop;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// The measuring loop inside the worker: warm-up, then timed runs with a profiled run now and then between
/// them. Latency is timed on the runs that are not profiled, nor come right after one that is, so the
/// profiler's cost is not in it. What happened is reported by another thread, so a model that takes seconds a run still
/// shows life.
final class RunLoop {
    /// Profiled runs may take at most this share of the loop's time beyond what they would have taken anyway.
    private static final double MOST_EXTRA = 0.03;

    /// So many profiled runs are made however short the loop is, if need be after it: fewer tell nothing
    /// about a layer.
    private static final int LEAST_TRACES = 5;

    /// More are made as long as all of them after the loop take no more than a moment, or no longer than the loop did:
    /// comparing two measurements takes twenty of each, and the engine's clock counts whole µs, so that only a mean
    /// of many tells what a kernel of one takes.
    private static final int GOOD_TRACES = 25;

    private static final long MOMENT_NANOS = 1_000_000_000;

    /// For so long runs warm what reading the last profile left cold; one longer run does as well.
    private static final long WARMS_IN_NANOS = 1_000_000;

    /// A run that takes longer warms its caches itself: the profile that was read before it is not felt.
    private static final long FEELS_BELOW_NANOS = 100_000_000;

    /// So long they may go on after the loop in any case.
    private static final long LEAST_AFTER_NANOS = 2_000_000_000;

    private final Session session;
    private final Map<String, HostTensor> inputs;
    private final Loop plan;
    private final BooleanSupplier stopped;
    private final Findings findings;
    private final LongSupplier clock;

    RunLoop(
            Session session,
            Map<String, HostTensor> inputs,
            Loop plan,
            BooleanSupplier stopped,
            Supplier<EnergyMeter> meter) {
        this(session, inputs, plan, stopped, meter, System::nanoTime);
    }

    /// @param meter waits until the counters of energy are open
    /// @param clock ns from any origin
    RunLoop(
            Session session,
            Map<String, HostTensor> inputs,
            Loop plan,
            BooleanSupplier stopped,
            Supplier<EnergyMeter> meter,
            LongSupplier clock) {
        this.session = session;
        this.inputs = inputs;
        this.plan = plan;
        this.findings = new Findings(meter);
        this.stopped = () -> stopped.getAsBoolean() || findings.isUntold();
        this.clock = clock;
    }

    void run(Reporting.Report report) throws LatheException, IOException {
        Reporting.during(findings, report, () -> {
            ForgivingTracer tracer = new ForgivingTracer(
                    plan.getProfiledPerSecond() > 0 ? session.tracer() : Optional.empty(), findings);
            boolean warmedUp = plan.getWarmup() > 0;
            long before = clock.getAsLong();
            // The engine lays its tensors out ahead from the second run of the same sizes on: only in the first does it
            // ask the arena for each of them.
            Optional<Tracer.Unread> first = stopped.getAsBoolean() ? Optional.empty() : tracer.traceUnread(inputs);
            warmUp(first.isPresent() ? 1 : 0, findings);
            // Read only now: who waits for a first number has seen the warm-up's.
            first.flatMap(tracer::read).ifPresent(findings::tracedFirst);
            long took = first.isPresent() && tracer.works() ? Math.max(1, clock.getAsLong() - before) : 0;
            measure(tracer, findings, warmedUp ? 0 : took);
        });
    }

    private void warmUp(int done, Findings findings) throws LatheException {
        for (int i = done; i < plan.getWarmup() && !stopped.getAsBoolean(); i++) {
            long before = clock.getAsLong();
            session.runOnly(inputs);
            findings.warmed(clock.getAsLong() - before);
        }
    }

    /// @param warm ns that a profiled run right before took; 0 when there was none
    private void measure(ForgivingTracer tracer, Findings findings, long warm) throws LatheException {
        long lastTook = warm;
        if (tracer.works() && !stopped.getAsBoolean()) {
            if (warm == 0) {
                // The next profiled run still pays for caches and classes; it is not measured.
                long before = clock.getAsLong();
                tracer.trace(inputs);
                lastTook = clock.getAsLong() - before;
            }
            if (lastTook < FEELS_BELOW_NANOS) {
                session.runOnly(inputs);
            }
        }
        findings.start();
        long start = clock.getAsLong();
        long lastTrace = start;
        long extra = 0;
        // The mean, in which other programs' disturbances are as they are in what a profiled run takes.
        long typical = 0;
        long plain = 0;
        long traced = 0;
        int runs = 0;
        int traces = 0;
        while (!stopped.getAsBoolean() && (plan.getRuns() == 0 || runs < plan.getRuns())) {
            long before = clock.getAsLong();
            session.runOnly(inputs);
            long now = clock.getAsLong();
            findings.ran(now - before);
            plain += now - before;
            runs++;
            typical = plain / runs;
            long next = extra + Math.max(0, lastTook - typical);
            if (tracer.works() && due(traces, now - lastTrace, now - start, next)) {
                lastTook = traceWithin(tracer, findings, typical < FEELS_BELOW_NANOS);
                traced += lastTook;
                lastTrace = clock.getAsLong();
                extra += Math.max(0, lastTrace - now - (typical < FEELS_BELOW_NANOS ? 2 : 1) * typical);
                traces++;
            }
        }
        findings.loopEnded();
        if (plan.getRuns() > 0 && traces < GOOD_TRACES) {
            traceMore(
                    tracer,
                    findings,
                    traces,
                    Math.max(plain, LEAST_AFTER_NANOS) - traced,
                    Math.max(MOMENT_NANOS, plain),
                    typical < FEELS_BELOW_NANOS);
        }
    }

    /// What a short loop had no room for: its layers are measured after it, so that they do not slow it
    /// down.
    ///
    /// @param most ns after which no further one begins: a model that runs for minutes is profiled for about as
    ///     long as it was run
    /// @param moment ns that those beyond the least may take
    /// @param settle whether the model is so quick that a run feels what reading the last profile left
    private void traceMore(ForgivingTracer tracer, Findings findings, int made, long most, long moment, boolean settle)
            throws LatheException {
        long began = clock.getAsLong();
        long took = 0;
        for (int i = made; took < most && tracer.works() && !stopped.getAsBoolean(); i++) {
            if (i >= LEAST_TRACES && (i >= GOOD_TRACES || clock.getAsLong() - began > moment)) {
                return;
            }
            // Reading the last profile left cold caches; between measured runs a profiled one does not find them so.
            if (settle) {
                warm();
            }
            long before = clock.getAsLong();
            Optional<TracedRun> run = tracer.trace(inputs);
            long one = clock.getAsLong() - before;
            run.ifPresent(r -> findings.tracedAfterLoop(r, one));
            took += one;
        }
    }

    private void warm() throws LatheException {
        long from = clock.getAsLong();
        do {
            session.runOnly(inputs);
        } while (clock.getAsLong() - from < WARMS_IN_NANOS && !stopped.getAsBoolean());
    }

    /// A profiled run between measured ones, with a run after it that nobody measures where the next would find
    /// the caches as reading the profile left them.
    ///
    /// @return ns that the profiled run took, with reading the profile
    private long traceWithin(ForgivingTracer tracer, Findings findings, boolean settle) throws LatheException {
        long before = clock.getAsLong();
        Optional<TracedRun> run = tracer.trace(inputs);
        long read = clock.getAsLong();
        long settled = 0;
        if (settle) {
            session.runOnly(inputs);
            settled = clock.getAsLong() - read;
        }
        long settling = settled;
        run.ifPresent(r -> findings.tracedInLoop(r, read - before, settling));
        return read - before;
    }

    /// Whether a profiled run comes next: by the rate that was asked for while it stays cheap. Of a loop
    /// without end the first run is profiled in any case, so that somebody who waits sees layers.
    private boolean due(int traces, long sinceTrace, long elapsed, long extra) {
        if (traces == 0 && plan.getRuns() == 0) {
            return true;
        }
        return sinceTrace >= 1e9 / plan.getProfiledPerSecond() && extra < MOST_EXTRA * elapsed;
    }
}
