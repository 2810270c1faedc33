package dev.lathe.profile.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.profile.worker.wire.Reply;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/// Whatever ends the listening, nobody waits for ever.
class RepliesTest {
    private static Replies.Source saying(Throwable atEnd, Reply... said) {
        Queue<Reply> left = new ArrayDeque<>(List.of(said));
        return () -> {
            if (!left.isEmpty()) {
                return left.remove();
            }
            switch (atEnd) {
                case IOException e -> throw e;
                case Error e -> throw e;
                default -> throw new IllegalStateException(atEnd);
            }
        };
    }

    @Test
    void aReplyGoesWhereItIsWaitedFor() {
        Replies replies = new Replies();
        LinkedBlockingQueue<Reply> seven = replies.to(7);
        LinkedBlockingQueue<Reply> eight = replies.to(8);
        replies.forget(8);
        replies.listen(saying(
                new EOFException(),
                Reply.newBuilder().setId(8).build(),
                Reply.newBuilder().setId(7).build()));
        assertThat(seven).hasSize(1);
        assertThat(eight).isEmpty();
        assertThat(replies.areOver()).isTrue();
        assertThat(replies.trouble()).isEmpty();
    }

    @Test
    void anErrorOfThisSideEndsItTooAndIsKept() {
        Replies replies = new Replies();
        replies.listen(saying(new OutOfMemoryError("Java heap space")));
        assertThat(replies.areOver()).isTrue();
        assertThat(replies.trouble().orElseThrow()).hasMessage("Java heap space");
    }
}
