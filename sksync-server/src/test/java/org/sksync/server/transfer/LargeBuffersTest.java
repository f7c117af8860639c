package org.sksync.server.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sksync.transport.transfer.BufferSize;

class LargeBuffersTest {

    private final LargeBuffers buffers = new LargeBuffers(2);

    @Test
    void givesLargeOnesToThoseWhoComeFirstAndSmallOnesToAllOthers() {
        assertThat(buffers.take()).isEqualTo(BufferSize.LARGE);
        assertThat(buffers.take()).isEqualTo(BufferSize.LARGE);
        assertThat(buffers.take()).isEqualTo(BufferSize.SMALL);
    }

    @Test
    void givesALargeOneAgainOnceItIsGivenBack() {
        BufferSize first = buffers.take();
        buffers.take();
        buffers.giveBack(first);

        assertThat(buffers.take()).isEqualTo(BufferSize.LARGE);
        assertThat(buffers.take()).isEqualTo(BufferSize.SMALL);
    }

    @Test
    void hasNoMoreLargeOnesThoughSmallOnesAreGivenBack() {
        buffers.take();
        buffers.take();
        buffers.giveBack(buffers.take());

        assertThat(buffers.take()).isEqualTo(BufferSize.SMALL);
    }
}
