package dev.lathe.profile.engine;

import dev.lathe.core.LatheException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A model opened by an engine, ready to run. Used from one thread at a time; [#stream] gives what another thread may
/// use. Close frees its native memory.
public interface Session extends AutoCloseable {

    List<TensorSpec> inputs();

    List<TensorSpec> outputs();

    /// One inference. Outputs by name; dense tensors only (others are left out).
    ///
    /// @throws LatheException when the engine refuses the inputs or fails
    Map<String, HostTensor> run(Map<String, HostTensor> inputs) throws LatheException;

    /// One inference whose outputs are only lent: they may lie in memory that is written again, and are good until
    /// this session has been run `later` more times.
    ///
    /// @param later at least 1
    default Map<String, HostTensor> runLent(Map<String, HostTensor> inputs, int later) throws LatheException {
        return run(inputs);
    }

    /// Outputs by name, and how long the `engine` had the tensors.
    record Told(Map<String, HostTensor> outputs, Duration engine) {}

    /// One inference that tells how long the engine had the tensors: what the call takes beyond that is the way there
    /// and back.
    default Told runTold(Map<String, HostTensor> inputs) throws LatheException {
        long before = System.nanoTime();
        Map<String, HostTensor> outputs = run(inputs);
        return new Told(outputs, Duration.ofNanos(System.nanoTime() - before));
    }

    /// One inference whose outputs nobody looks at: what a measuring loop times.
    default void runOnly(Map<String, HostTensor> inputs) throws LatheException {
        run(inputs);
    }

    /// The same opened model with inputs of its own, to be run from another thread while this one runs. It is closed
    /// before this one, and leaves this open.
    ///
    /// Empty where the engine runs a model once at a time.
    default Optional<Session> stream() {
        return Optional.empty();
    }

    /// Per-kernel profiling, where the engine has it.
    Optional<Tracer> tracer();

    @Override
    void close();
}
