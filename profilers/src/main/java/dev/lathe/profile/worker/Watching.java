package dev.lathe.profile.worker;

import dev.lathe.profile.device.sample.ConditionsWatch;
import dev.lathe.profile.device.sample.CpuLoadSampler;
import java.util.List;

/// What watches the machine while a model runs. Opening it takes long (some hundred ms the first time), so that is done
/// while a worker starts.
record Watching(CpuLoadSampler load, ConditionsWatch conditions) {

    /// @param cores that the model may use; empty for all
    static Watching open(List<Integer> cores) {
        Watching watching = new Watching(new CpuLoadSampler(), new ConditionsWatch(cores));
        // The first reading is what the next is compared with.
        watching.load.perCore();
        return watching;
    }
}
