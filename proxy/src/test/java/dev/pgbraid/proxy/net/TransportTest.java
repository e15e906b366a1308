package dev.pgbraid.proxy.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransportTest {
    static Stream<Transport> transports() {
        return Stream.of(Transport.values()).filter(Transport::isAvailable);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void theKernelTakesTheTimesOfKeepalive(Transport transport) {
        Map<ChannelOption<Integer>, Integer> options = transport.keepalive(Duration.ofSeconds(15));
        assertThat(options.values()).containsExactlyInAnyOrder(15, 5, 3);

        EventLoopGroup loops = transport.eventLoops(1);
        try {
            Channel server = transport
                    .server()
                    .group(loops)
                    .childHandler(new ChannelInboundHandlerAdapter())
                    .bind(InetAddress.getLoopbackAddress(), 0)
                    .syncUninterruptibly()
                    .channel();
            Channel client = transport
                    .client()
                    .group(loops)
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(server.localAddress())
                    .syncUninterruptibly()
                    .channel();

            assertThat(client.config().getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
            options.forEach((option, value) -> {
                assertThat(client.config().setOption(option, value)).isTrue();
                assertThat(client.config().getOption(option)).as(option.name()).isEqualTo(value);
            });
        } finally {
            loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void withoutASilenceNothingIsSet(Transport transport) {
        assertThat(transport.keepalive(Duration.ZERO)).isEmpty();
    }
}
