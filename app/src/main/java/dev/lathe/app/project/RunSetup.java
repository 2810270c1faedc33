package dev.lathe.app.project;

import dev.lathe.graph.target.Device;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.engine.SessionConfig;
import java.util.Optional;

/// How the next runs run: on which device, with so many threads inside an operator, at this level of the engine's
/// optimization, and with so many profiled runs a second at most.
public record RunSetup(Optional<Device> device, int threads, SessionConfig.Level level, double profiledPerSecond) {
    static final RunSetup UNKNOWN =
            new RunSetup(Optional.empty(), 1, SessionConfig.USUAL, ProfilePlan.USUAL_PROFILED_PER_SECOND);

    RunSetup on(Device next, int nextThreads) {
        return new RunSetup(Optional.of(next), nextThreads, level, profiledPerSecond);
    }

    RunSetup with(int nextThreads, SessionConfig.Level nextLevel, double nextProfiled) {
        return new RunSetup(device, nextThreads, nextLevel, nextProfiled);
    }
}
