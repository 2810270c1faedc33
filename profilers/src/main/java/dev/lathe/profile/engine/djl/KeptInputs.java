package dev.lathe.profile.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.lathe.core.LatheException;
import dev.lathe.profile.engine.HostTensor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The inputs of a session's last run as DJL's arrays: given again as the same map they are the same arrays, so a
/// measuring loop times the model and DJL's own work, not our copying.
final class KeptInputs implements AutoCloseable {
    private final NDManager parent;
    private Map<String, HostTensor> from = Map.of();
    private Optional<NDManager> manager = Optional.empty();
    private NDList arrays = new NDList();

    KeptInputs(NDManager parent) {
        this.parent = parent;
    }

    /// @param names of `given`, in the order of the arrays
    /// @param named whether the arrays carry these names
    NDList of(Map<String, HostTensor> given, List<String> names, boolean named) throws LatheException {
        if (given == from && !from.isEmpty()) {
            return arrays;
        }
        close();
        NDManager fresh = parent.newSubManager();
        manager = Optional.of(fresh);
        NDList list = new NDList();
        for (String name : names) {
            NDArray array = DjlTensors.toDjl(fresh, name, Objects.requireNonNull(given.get(name)));
            if (named) {
                array.setName(name);
            }
            list.add(array);
        }
        arrays = list;
        from = given;
        return list;
    }

    @Override
    public void close() {
        manager.ifPresent(NDManager::close);
        manager = Optional.empty();
        from = Map.of();
    }
}
