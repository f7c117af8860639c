package org.sksync.transport.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureTextTest {

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new UnknownHostException("nas"), "unknown host nas"),
                Arguments.of(new ClosedChannelException(), "the connection was closed"),
                Arguments.of(
                        new ConnectException("Connection refused: /127.0.0.1:1"), "Connection refused: /127.0.0.1:1"),
                Arguments.of(new IOException("Connection reset"), "Connection reset"),
                Arguments.of(
                        new DecoderException(new NotSslRecordException("not an SSL/TLS record: 736b")),
                        "the peer does not speak TLS on this port; use TLS at both ends or at neither"),
                Arguments.of(new ConnectException(), "ConnectException"),
                Arguments.of(new IOException(), "IOException"),
                Arguments.of(new IllegalStateException("broken"), "IllegalStateException: broken"),
                Arguments.of(new StackOverflowError(), "StackOverflowError"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isOneClauseForAPerson(Throwable cause, String text) {
        assertThat(FailureText.of(cause)).isEqualTo(text);
    }
}
