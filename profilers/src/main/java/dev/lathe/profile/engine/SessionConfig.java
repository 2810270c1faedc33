package dev.lathe.profile.engine;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// How to open a model.
///
/// `threads` intra-op threads (≥ 1); `level` graph optimization; `optimizedModel` where to save the model as
/// the engine optimized it (needed to map kernels back to layers); `profiling` whether a [Tracer] will be
/// asked for; `options` engine-specific keys; `accelerator` what runs it beside the CPU.
public record SessionConfig(
        int threads,
        Level level,
        Optional<Path> optimizedModel,
        boolean profiling,
        Map<String, String> options,
        Optional<Accelerator> accelerator) {

    /// The engine's own graph optimization. EXTENDED keeps nearly all tensor names; ALL loses those that the
    /// engine keeps in a layout of its own, and is faster on convolutions (1.0 to 2.4 times on 6 CNNs).
    public enum Level {
        NONE,
        BASIC,
        EXTENDED,
        ALL
    }

    /// What the runtime does for who asks for nothing: measured by default, so that figures are those of
    /// people's own programs.
    public static final Level USUAL = Level.ALL;

    /// The option that says whether an engine's idle threads spin for a while ("1") or sleep at once ("0", what
    /// engines do here unless asked).
    public static final String SPINNING = "session.intra_op.allow_spinning";

    public SessionConfig {
        options = Map.copyOf(options);
    }

    /// On the CPU.
    public SessionConfig(
            int threads, Level level, Optional<Path> optimizedModel, boolean profiling, Map<String, String> options) {
        this(threads, level, optimizedModel, profiling, options, Optional.empty());
    }

    public static SessionConfig of(int threads) {
        return new SessionConfig(threads, Level.EXTENDED, Optional.empty(), false, Map.of());
    }

    public SessionConfig withLevel(Level next) {
        return new SessionConfig(threads, next, optimizedModel, profiling, options, accelerator);
    }

    /// On this as far as it can run the model's nodes, the rest on the CPU.
    public SessionConfig on(Optional<Accelerator> next) {
        return new SessionConfig(threads, level, optimizedModel, profiling, options, next);
    }
}
