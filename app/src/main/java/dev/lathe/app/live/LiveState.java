package dev.lathe.app.live;

import java.util.List;

/// What the Live tab shows at one moment; `words` say whose run it is.
public record LiveState(boolean empty, boolean running, String words, List<LiveChart> charts, int windowSeconds) {
    public LiveState {
        charts = List.copyOf(charts);
    }
}
