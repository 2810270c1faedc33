package dev.lathe.app.project;

import dev.lathe.core.History;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/// The one place that holds the present [Project]. Actions come from any thread and take effect at once;
/// listeners are told on the thread of `ui`, at most one round in flight, always with the newest state.
public final class Store {
    /// Ends a listener's subscription.
    @FunctionalInterface
    public interface Subscription {
        void end();
    }

    private final Executor ui;
    private final List<Consumer<Project>> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<Action>> actionListeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean inFlight = new AtomicBoolean();
    private volatile History<Project> history = History.of(Project.EMPTY);
    /// The variant whose split the last step changed: what goes on with that step belongs to it.
    private Optional<VariantId> held = Optional.empty();
    private volatile Project told = Project.EMPTY;

    /// @param ui where listeners run: the FX thread in the window, `Runnable::run` in tests
    public Store(Executor ui) {
        this.ui = ui;
    }

    public Project state() {
        return history.present();
    }

    public boolean canUndo() {
        return !history.past().isEmpty();
    }

    public boolean canRedo() {
        return !history.future().isEmpty();
    }

    public void dispatch(Action action) {
        boolean changed;
        synchronized (this) {
            Project before = history.present();
            Project after = Reducer.apply(before, action);
            history = next(before, action, after);
            changed = after != before;
        }
        if (!changed) {
            return;
        }
        actionListeners.forEach(l -> l.accept(action));
        tell();
    }

    private History<Project> next(Project before, Action action, Project after) {
        if (action instanceof Action.ModelOpened || action instanceof Action.CloseModel) {
            held = Optional.empty();
            return after == before ? history : History.of(after);
        }
        if (!(action instanceof Action.Act act) || !act.undoable()) {
            return history.withPresent(after);
        }
        Optional<VariantId> split = act instanceof Action.SetSplit ? Optional.of(before.selected()) : Optional.empty();
        boolean goesOn = act instanceof Action.SetSplit s && s.goesOn() && split.equals(held);
        held = split;
        return goesOn ? history.withPresent(after) : history.push(after);
    }

    /// What [#undo] would go back to; empty when nothing was done.
    public Optional<Project> beforeLastStep() {
        List<Project> past = history.past();
        return past.isEmpty() ? Optional.empty() : Optional.of(past.getLast());
    }

    /// What [#redo] would go on to; empty when nothing was undone.
    public Optional<Project> afterNextStep() {
        return history.redo().map(History::present);
    }

    public void undo() {
        move(History::undo);
    }

    public void redo() {
        move(History::redo);
    }

    private void move(Function<History<Project>, Optional<History<Project>>> where) {
        synchronized (this) {
            Project present = history.present();
            held = Optional.empty();
            where.apply(history).ifPresent(h -> history = h.withPresent(Facts.carried(present, h.present())));
        }
        tell();
    }

    /// Called with every new state.
    public Subscription listen(Consumer<Project> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// Calls the listener now with the present part, and then whenever the part has changed.
    public <T> Subscription observe(Function<Project, T> part, Consumer<T> listener) {
        Observer<T> observer = new Observer<>(part, listener, part.apply(state()));
        listener.accept(observer.last);
        return listen(observer);
    }

    /// Called on the dispatching thread with each action that changed something, after it took effect.
    public Subscription onAction(Consumer<Action> listener) {
        actionListeners.add(listener);
        return () -> actionListeners.remove(listener);
    }

    private void tell() {
        if (inFlight.compareAndSet(false, true)) {
            ui.execute(this::round);
        }
    }

    private void round() {
        try {
            while (told != state()) {
                Project now = state();
                told = now;
                listeners.forEach(l -> l.accept(now));
            }
        } finally {
            inFlight.set(false);
        }
        if (told != state()) {
            tell(); // changed between the last look and the flag
        }
    }

    private static final class Observer<T> implements Consumer<Project> {
        private final Function<Project, T> part;
        private final Consumer<T> listener;
        private T last;

        Observer(Function<Project, T> part, Consumer<T> listener, T last) {
            this.part = part;
            this.listener = listener;
            this.last = last;
        }

        @Override
        public void accept(Project project) {
            T next = part.apply(project);
            if (!Objects.equals(next, last)) {
                last = next;
                listener.accept(next);
            }
        }
    }
}
