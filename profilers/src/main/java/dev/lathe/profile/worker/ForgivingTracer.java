package dev.lathe.profile.worker;

import dev.lathe.core.LatheException;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.TracedRun;
import dev.lathe.profile.engine.Tracer;
import java.util.Map;
import java.util.Optional;

/// The tracer of a measuring loop until it fails the first time: then there are no more profiled runs, and
/// whatever went wrong with the profile does not cost the latency, which needs none.
final class ForgivingTracer {
    private final Findings findings;
    private Optional<Tracer> tracer;

    /// @param findings told in a sentence why there are no more, or knows why there can be none
    ForgivingTracer(Optional<Tracer> tracer, Findings findings) {
        this.tracer = tracer;
        this.findings = findings;
    }

    boolean works() {
        return tracer.isPresent() && !findings.inTraceTrouble();
    }

    /// Empty when the run could not be profiled.
    Optional<TracedRun> trace(Map<String, HostTensor> inputs) {
        return traceUnread(inputs).flatMap(this::read);
    }

    /// The run alone, to be [#read] later; empty when it could not be profiled.
    Optional<Tracer.Unread> traceUnread(Map<String, HostTensor> inputs) {
        return tracer.filter(t -> works()).flatMap(t -> forgiving(() -> t.traceUnread(inputs)));
    }

    Optional<TracedRun> read(Tracer.Unread run) {
        return forgiving(run::read);
    }

    private interface Act<T> {
        T done() throws LatheException;
    }

    private <T> Optional<T> forgiving(Act<T> act) {
        try {
            return Optional.of(act.done());
        } catch (LatheException e) {
            failed(e.diagnostic().message());
        } catch (RuntimeException | LinkageError e) {
            failed("Profiling a run failed: " + e);
        } catch (OutOfMemoryError e) {
            // What was read of it is garbage by now.
            failed(Findings.NO_MEMORY);
        }
        return Optional.empty();
    }

    private void failed(String why) {
        tracer = Optional.empty();
        findings.traceTrouble(why);
    }
}
