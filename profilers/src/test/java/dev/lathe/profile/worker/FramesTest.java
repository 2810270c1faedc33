package dev.lathe.profile.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.lathe.profile.worker.wire.Reply;
import dev.lathe.profile.worker.wire.Request;
import dev.lathe.profile.worker.wire.Run;
import dev.lathe.profile.worker.wire.Tensor;
import java.io.EOFException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Messages arrive whole, or not at all.
class FramesTest {
    @TempDir
    Path folder;

    private SocketChannel here;
    private SocketChannel there;

    @BeforeEach
    void connect() throws Exception {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("s"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            here = SocketChannel.open(address);
            there = server.accept();
        }
    }

    @AfterEach
    void close() throws Exception {
        here.close();
        there.close();
    }

    @Test
    void whatIsWrittenIsRead() throws Exception {
        Request request = Request.newBuilder()
                .setId(7)
                .setRun(Run.newBuilder().addInputs(Tensor.newBuilder().setName("x")))
                .build();
        new Frames(here).write(request);
        assertThat(new Frames(there).read(Request.parser())).isEqualTo(request);
    }

    @Test
    void aMessageThatIsTooLongIsNotSentAndTheNextOneIs() throws Exception {
        Frames frames = new Frames(here);
        Request large = Request.newBuilder()
                .setRun(Run.newBuilder()
                        .addInputs(Tensor.newBuilder().setData(ByteString.copyFrom(new byte[Frames.LONGEST]))))
                .build();
        assertThatThrownBy(() -> frames.write(large))
                .isInstanceOf(Frames.TooLong.class)
                .hasMessageContaining("bytes");
        frames.write(Request.newBuilder().setId(1).build());
        assertThat(new Frames(there).read(Request.parser()).getId()).isEqualTo(1);
    }

    @Test
    void aLengthBeyondTheLimitIsRefusedBeforeAnythingIsAllocated() throws Exception {
        for (int length : new int[] {Frames.LONGEST + 1, Integer.MAX_VALUE, -1}) {
            here.write(ByteBuffer.allocate(4).putInt(length).flip());
            assertThatThrownBy(() -> new Frames(there).read(Reply.parser())).isInstanceOf(Frames.TooLong.class);
        }
    }

    @Test
    void aPeerThatLeavesInTheMiddleOfAMessageIsGone() throws Exception {
        here.write(ByteBuffer.allocate(6).putInt(100).flip());
        here.close();
        assertThatThrownBy(() -> new Frames(there).read(Reply.parser())).isInstanceOf(EOFException.class);
    }
}
