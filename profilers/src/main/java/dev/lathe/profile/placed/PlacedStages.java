package dev.lathe.profile.placed;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.graph.target.Placement;
import dev.lathe.graph.target.Stage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Which stage of a placed model, and so which device, each layer of the whole runs in.
public final class PlacedStages {
    private PlacedStages() {}

    /// By the tensors that the stages' nodes make, which are called as in the whole. A node that several stages have,
    /// since all need its constant, counts for the first of them.
    ///
    /// @param model as [PlacedModel#open] gives it
    /// @param known devices of this machine; one that is not among them is told by its id alone
    /// @return empty where the model is no placed one
    /// @throws LatheException when the placed model's file, or that of a stage, cannot be read
    public static Optional<Placement> of(Model model, List<Device> known, JobContext job) throws LatheException {
        if (!model.format().equals(PlacedModel.FORMAT) || model.source().isEmpty()) {
            return Optional.empty();
        }
        PlacedModel placed = PlacedModel.read(model.source().get());
        Graph whole = model.graph();
        Set<NodeId> taken = new HashSet<>();
        List<Stage> stages = new ArrayList<>();
        for (PlacedModel.Stage s : placed.stages()) {
            Graph part = Formats.open(s.file(), job).graph();
            Set<NodeId> own = new LinkedHashSet<>();
            for (Node n : part.nodes()) {
                inWhole(whole, part, n).filter(taken::add).ifPresent(own::add);
            }
            stages.add(new Stage(stages.size(), device(s.device(), known), own));
        }
        return Optional.of(new Placement(stages));
    }

    private static Optional<NodeId> inWhole(Graph whole, Graph part, Node n) {
        return n.outputs().stream()
                .filter(ValueId::isPresent)
                .findFirst()
                .flatMap(out -> whole.valueNamed(part.nameOf(out)))
                .map(Value::id)
                .flatMap(whole::producer)
                .map(Node::id);
    }

    private static Device device(String id, List<Device> known) {
        return known.stream()
                .filter(d -> d.id().equals(id))
                .findFirst()
                .orElseGet(() -> new Device(id, id, DeviceKind.DESCRIBED, List.of(), OptionalLong.empty(), List.of()));
    }
}
