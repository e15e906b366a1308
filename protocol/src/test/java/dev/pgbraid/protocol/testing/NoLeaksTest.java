package dev.pgbraid.protocol.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.LeakPresenceDetector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class NoLeaksTest {

    @Test
    void aBufferThatIsHeldIsFound() {
        ByteBuf held = ByteBufAllocator.DEFAULT.buffer();

        assertThatThrownBy(LeakPresenceDetector::check).hasMessageContaining("Possible memory leak");

        // The detector has written it off; releasing it now would be counted as one too many.
        assertThat(held.refCnt()).isOne();
    }
}
