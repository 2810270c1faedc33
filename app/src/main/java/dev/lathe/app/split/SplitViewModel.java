package dev.lathe.app.split;

import dev.lathe.app.project.SplitState;
import dev.lathe.app.ui.Numbers;
import dev.lathe.graph.target.Device;
import dev.lathe.optimize.partition.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleIntegerProperty;

/// Splitting a model over devices without its looks: which devices, where the borders are, what is expected of that and
/// what a run measured. What the user decides goes out as a [SplitState]; what comes back is shown.
public final class SplitViewModel {
    private final ReadOnlyObjectWrapper<SplitPlan> plan = new ReadOnlyObjectWrapper<>(SplitPlan.EMPTY);
    private final IntegerProperty requests = new SimpleIntegerProperty(8);
    private final Owner owner;
    private Optional<String> undoBlocked = Optional.empty();
    private List<DeviceChoice> devices = List.of();
    private Optional<Cuts> cuts = Optional.empty();
    private boolean hasModel;
    private boolean estimated;
    private boolean busy;
    private OptionalDouble unsplit = OptionalDouble.empty();
    private SplitState split = SplitState.NONE;
    private Optional<Wanted> wanted = Optional.empty();
    private Optional<MeasuredSplit> measured = Optional.empty();

    /// Devices that were chosen and whose borders are being searched.
    private record Wanted(List<Device> devices, boolean goesOn) {}

    /// Who keeps the split and its history, and searches borders.
    public interface Owner {
        /// Finds the best borders for these devices in a job and gives them to `then` on the window's thread; empty
        /// when the search was given up. A search that was begun before it is given up.
        void findBorders(Cuts cuts, List<Device> devices, Consumer<Optional<List<Integer>>> then);

        /// The user decided this; it comes back through [SplitViewModel#showSplit].
        ///
        /// @param goesOn whether it goes on with the decision before: together they are one step
        void decide(SplitState next, boolean goesOn);

        /// Takes the last step back.
        void undo();
    }

    public SplitViewModel(Owner owner) {
        this.owner = owner;
        requests.addListener((o, before, now) -> refresh());
    }

    public ReadOnlyObjectProperty<SplitPlan> plan() {
        return plan.getReadOnlyProperty();
    }

    /// How many requests the schedule shows in flight.
    public IntegerProperty requests() {
        return requests;
    }

    public void showDevices(List<DeviceChoice> found) {
        devices = List.copyOf(found);
        refresh();
    }

    /// Another model, or other layer times.
    ///
    /// @param guessed whether layer times are estimates
    /// @param unsplitPerSecond measured throughput of the whole model
    public void showCuts(boolean model, Optional<Cuts> next, boolean guessed, OptionalDouble unsplitPerSecond) {
        hasModel = model;
        cuts = next;
        estimated = guessed;
        unsplit = unsplitPerSecond;
        Optional<Wanted> searched = wanted;
        wanted = Optional.empty();
        if (searched.isPresent() && cuts.isPresent()) {
            propose(searched.get().devices(), searched.get().goesOn());
        } else if (split.isSplit() && cuts.isPresent() && fits(split)) {
            split = completed(split.devices(), split.borders());
        } else if (split.devices().size() >= 2 && split.borders().isEmpty() && cuts.isPresent()) {
            // Devices were chosen before the model's cuts were known: this belongs to that choice.
            propose(split.devices(), true);
        }
        refresh();
    }

    /// @param result what was measured with these borders, if it was
    public void showSplit(SplitState next, Optional<MeasuredSplit> result) {
        measured = result;
        if (other(next)) {
            // The newest decision wins over one that is still searched.
            wanted = Optional.empty();
        }
        // One of the history may have been predicted from older layer times.
        split = next.isSplit() && fits(next) ? completed(next.devices(), next.borders()) : next;
        refresh();
    }

    /// @param blocked why no move of a border can be taken back; empty when one can
    public void showUndo(Optional<String> blocked) {
        if (!blocked.equals(undoBlocked)) {
            undoBlocked = blocked;
            refresh();
        }
    }

    public void showBusy(boolean running) {
        busy = running;
        refresh();
    }

    /// Adds or takes away a device; with two or more the planner proposes borders.
    public void choose(Device device, boolean chosen) {
        List<Device> next = new ArrayList<>(chosen());
        next.removeIf(d -> d.id().equals(device.id()));
        if (chosen) {
            next.add(device);
            // Stages go over the devices in the order of the list, whatever the order of the clicks.
            next.sort(java.util.Comparator.comparingInt(this::position));
        }
        propose(next, false);
    }

    private List<Device> chosen() {
        return wanted.map(Wanted::devices).orElse(split.devices());
    }

    private int position(Device d) {
        for (int i = 0; i < devices.size(); i++) {
            if (devices.get(i).device().id().equals(d.id())) {
                return i;
            }
        }
        return devices.size();
    }

    /// The planner's best borders for the chosen devices; for all that can be used where fewer than two are chosen.
    public void propose() {
        propose(chosen().size() < 2 ? usable() : chosen(), false);
    }

    private List<Device> usable() {
        return devices.stream()
                .filter(d -> d.unavailable().isEmpty())
                .map(DeviceChoice::device)
                .toList();
    }

    private void propose(List<Device> chosen, boolean goesOn) {
        wanted = Optional.empty();
        if (chosen.size() < 2 || cuts.isEmpty()) {
            take(new SplitState(chosen, List.of(), Optional.empty(), Optional.empty(), Optional.empty()), goesOn);
            return;
        }
        if (cuts.get().count() < chosen.size() - 1) {
            // More devices than stages that the model can have: the first ones that it can fill.
            propose(chosen.subList(0, cuts.get().count() + 1), goesOn);
            return;
        }
        Wanted search = new Wanted(List.copyOf(chosen), goesOn);
        wanted = Optional.of(search);
        refresh();
        owner.findBorders(cuts.get(), search.devices(), borders -> found(search, borders));
    }

    private void found(Wanted search, Optional<List<Integer>> borders) {
        if (wanted.filter(w -> w == search).isEmpty()) {
            return; // something else was decided meanwhile
        }
        wanted = Optional.empty();
        if (borders.isPresent()) {
            take(completed(search.devices(), borders.get()), search.goesOn());
        } else {
            refresh();
        }
    }

    /// Moves the border to the next narrow cut before (−1) or behind (+1) it; stays where there is none.
    public void stepBorder(int border, int direction) {
        if (cuts.isEmpty() || border < 0 || border >= split.borders().size()) {
            return;
        }
        int to = split.borders().get(border) + direction;
        while (to >= lowest(border) && to <= highest(border) && !cuts.get().narrow(to)) {
            to += direction;
        }
        if (to >= lowest(border) && to <= highest(border)) {
            moveBorder(border, to);
        }
    }

    /// Moves the border to the narrow cut nearest to `cut`, as a slider that is dragged does; says whether it moved.
    ///
    /// @param goesOn whether it was moved before in the same drag
    public boolean slideBorder(int border, int cut, boolean goesOn) {
        return cuts.isPresent()
                && border >= 0
                && border < split.borders().size()
                && moveBorder(border, nearestNarrow(border, c -> Math.abs(c - cut)), goesOn);
    }

    /// Among the border's possible cuts the narrow one (any, where none is narrow) with the least distance.
    private int nearestNarrow(int border, java.util.function.IntUnaryOperator distance) {
        Cuts c = cuts.orElseThrow();
        int best = -1;
        int any = lowest(border);
        for (int i = lowest(border); i <= highest(border); i++) {
            if (distance.applyAsInt(i) < distance.applyAsInt(any)) {
                any = i;
            }
            if (c.narrow(i) && (best < 0 || distance.applyAsInt(i) < distance.applyAsInt(best))) {
                best = i;
            }
        }
        return best < 0 ? any : best;
    }

    /// Moves the border to another cut, kept between its neighbours.
    public void moveBorder(int border, int cut) {
        moveBorder(border, cut, false);
    }

    private boolean moveBorder(int border, int cut, boolean goesOn) {
        if (cuts.isEmpty() || border < 0 || border >= split.borders().size()) {
            return false;
        }
        List<Integer> next = new ArrayList<>(split.borders());
        next.set(border, Math.clamp(cut, lowest(border), highest(border)));
        return !next.equals(split.borders()) && take(completed(split.devices(), next), goesOn);
    }

    /// Moves the border to the narrow cut nearest to the node at `position` of the graph's order.
    public void moveBorderToNode(int border, int position) {
        cuts.filter(c -> border >= 0 && border < split.borders().size())
                .ifPresent(c ->
                        moveBorder(border, nearestNarrow(border, i -> Math.abs(c.firstNodeBehind(i) - position))));
    }

    /// What moving a border to a node would do, in words for the plate beside the pointer.
    public List<String> plate(int border, int position) {
        if (cuts.isEmpty()
                || border < 0
                || border >= split.borders().size()
                || split.prediction().isEmpty()) {
            return List.of();
        }
        Cuts c = cuts.get();
        int best = nearestNarrow(border, i -> Math.abs(c.firstNodeBehind(i) - position));
        List<Integer> moved = new ArrayList<>(split.borders());
        moved.set(border, best);
        Prediction now = split.prediction().get();
        Prediction then = c.predict(moved, split.devices());
        double change = then.throughputPerSecond() / now.throughputPerSecond() - 1;
        return List.of(
                "after " + c.label(best),
                Numbers.bytes(c.bytes(best)) + " cross",
                Numbers.estimate(Numbers.digits(then.throughputPerSecond(), 3)) + " /s, " + Numbers.change(change));
    }

    /// Takes the last move of a border back.
    public void undo() {
        if (undoBlocked.isEmpty()) {
            owner.undo();
        }
    }

    private boolean take(SplitState next, boolean goesOn) {
        boolean other = other(next);
        if (other) {
            owner.decide(next, goesOn);
        } else {
            refresh();
        }
        return other;
    }

    private boolean other(SplitState next) {
        return !next.devices().equals(split.devices()) || !next.borders().equals(split.borders());
    }

    private SplitState completed(List<Device> chosen, List<Integer> borders) {
        Cuts c = cuts.orElseThrow();
        return new SplitState(
                chosen,
                borders,
                Optional.of(c.placement(borders, chosen)),
                Optional.of(c.predict(borders, chosen)),
                Optional.empty());
    }

    private boolean fits(SplitState s) {
        return cuts.isPresent()
                && s.borders().size() == s.devices().size() - 1
                && s.borders().stream().allMatch(b -> b < cuts.get().count());
    }

    private int lowest(int border) {
        return border == 0 ? 0 : split.borders().get(border - 1) + 1;
    }

    private int highest(int border) {
        return border == split.borders().size() - 1
                ? cuts.orElseThrow().count() - 1
                : split.borders().get(border + 1) - 1;
    }

    private void refresh() {
        boolean planned = split.isSplit() && split.prediction().isPresent() && fits(split);
        Optional<Prediction> prediction = split.prediction().filter(p -> planned);
        Optional<Schedule> predicted = prediction.map(p ->
                Schedule.predicted(p, split.devices().stream().map(Device::name).toList(), requests.get()));
        plan.set(new SplitPlan(
                hasModel,
                estimated,
                cards(planned, predicted),
                planned ? borders() : List.of(),
                prediction,
                predicted,
                measured.filter(m -> planned).map(m -> m.first(requests.get())),
                unsplit,
                wanted.isPresent(),
                busy,
                undoBlocked,
                problem()));
    }

    private String problem() {
        if (split.problem().isPresent()) {
            return split.problem().get().line();
        }
        if (hasModel && cuts.isPresent() && cuts.get().count() == 0) {
            return "This model has no place where it can be cut.";
        }
        return "";
    }

    private List<SplitPlan.Border> borders() {
        Cuts c = cuts.orElseThrow();
        List<SplitPlan.Border> borders = new ArrayList<>();
        for (int i = 0; i < split.borders().size(); i++) {
            int cut = split.borders().get(i);
            borders.add(new SplitPlan.Border(i, cut, lowest(i), highest(i), c.label(cut), c.bytes(cut)));
        }
        return borders;
    }

    private List<SplitPlan.DeviceCard> cards(boolean planned, Optional<Schedule> predicted) {
        List<SplitPlan.DeviceCard> cards = new ArrayList<>();
        for (DeviceChoice d : devices) {
            int stage = stageOf(d.device());
            boolean staged = planned && stage >= 0;
            cards.add(new SplitPlan.DeviceCard(
                    d.device(),
                    chosen().stream().anyMatch(c -> c.id().equals(d.device().id())),
                    d.unavailable(),
                    staged ? OptionalInt.of(stage) : OptionalInt.empty(),
                    staged ? OptionalLong.of(weights(stage)) : OptionalLong.empty(),
                    staged ? OptionalDouble.of(predicted.orElseThrow().busy(stage)) : OptionalDouble.empty(),
                    staged && measured.isPresent()
                            ? OptionalDouble.of(measured.get().busy(stage))
                            : OptionalDouble.empty()));
        }
        return cards;
    }

    private int stageOf(Device device) {
        for (int i = 0; i < split.devices().size(); i++) {
            if (split.devices().get(i).id().equals(device.id())) {
                return i;
            }
        }
        return -1;
    }

    private long weights(int stage) {
        Cuts c = cuts.orElseThrow();
        int from = stage == 0 ? -1 : split.borders().get(stage - 1);
        int to = stage == split.borders().size() ? c.count() : split.borders().get(stage);
        return c.weightBytes(from, to);
    }
}
