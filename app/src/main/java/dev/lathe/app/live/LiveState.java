package dev.lathe.app.live;

import java.util.List;

/// What the Live tab shows at one moment.
public record LiveState(boolean empty, boolean running, List<LiveChart> charts, int windowSeconds) {
    public LiveState {
        charts = List.copyOf(charts);
    }
}
