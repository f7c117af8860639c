package org.sksync.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.protocol.message.ProtocolLevel.Checksum;
import org.sksync.protocol.message.ProtocolLevel.RequestPace;

/** The wire's tokens, each with what it stands for. */
class WireEnumsTest {

    @ParameterizedTest
    @CsvSource({
        "0, BIDIRECTIONAL_USE_TIME, bidirectional_use_time, true, true, true",
        "1, TO_SERVER_USE_TIME, to_server_use_time, true, false, true",
        "2, FROM_SERVER_USE_TIME, from_server_use_time, false, true, true",
        "3, BIDIRECTIONAL_NO_TIME, bidirectional_no_time, true, true, false",
        "4, TO_SERVER_NO_TIME, to_server_no_time, true, false, false",
        "5, FROM_SERVER_NO_TIME, from_server_no_time, false, true, false"
    })
    void knowsTheSixTypes(
            String token, SyncType type, String configName, boolean toServer, boolean fromServer, boolean usesTimes) {
        assertThat(SyncType.fromWire(token)).contains(type);
        assertThat(type.token()).isEqualTo(token.charAt(0));
        assertThat(type.configName()).isEqualTo(configName);
        assertThat(type.toServer()).isEqualTo(toServer);
        assertThat(type.fromServer()).isEqualTo(fromServer);
        assertThat(type.usesTimes()).isEqualTo(usesTimes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "6", "-1", "00", "0 ", " 0", "0\r", "\u0660", "x"})
    void knowsNoOtherType(String token) {
        assertThat(SyncType.fromWire(token)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, RECURSIVE", "1, TOP_LEVEL"})
    void knowsBothFlags(String token, Recursion recursion) {
        assertThat(Recursion.fromWire(token)).contains(recursion);
        assertThat(recursion.token()).isEqualTo(token.charAt(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "01", "1 ", "true", "\u0661"})
    void knowsNoOtherFlag(String token) {
        assertThat(Recursion.fromWire(token)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "sksync 1, SKSYNC_1, windows-1252, NONE, LOCKSTEP",
        "pysksync 1, PYSKSYNC_1, UTF-8, NONE, AHEAD",
        "pysksync 2, PYSKSYNC_2, UTF-8, MD5, AHEAD"
    })
    void knowsTheThreeLevels(
            String greeting, ProtocolLevel level, String charset, Checksum checksum, RequestPace pace) {
        assertThat(ProtocolLevel.fromGreeting(greeting)).contains(level);
        assertThat(level.greeting()).isEqualTo(greeting);
        assertThat(level.nameCharset().name()).isEqualTo(charset);
        assertThat(level.checksum()).isEqualTo(checksum);
        assertThat(level.requestPace()).isEqualTo(pace);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sksync 2", "sksync 1\r", " sksync 1", "sksync 1 ", "SKSYNC 1", "sksync\u00a01"})
    void knowsNoOtherLevel(String greeting) {
        assertThat(ProtocolLevel.fromGreeting(greeting)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a b", "\u20ac", "\u00e4\u0178", "a\rb", "\u0152"})
    void theOldestLevelCarriesWhatWindows1252Has(String name) {
        assertThat(ProtocolLevel.SKSYNC_1.canCarry(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\u9152", "a\u0081", "\u008d", "\u008f", "\u0090", "\u009d", "\u0080", "\ud83c\udf76", "a\u0301"
            })
    void theOldestLevelCarriesNothingElse(String name) {
        assertThat(ProtocolLevel.SKSYNC_1.canCarry(name)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"PYSKSYNC_1", "PYSKSYNC_2"})
    void theYoungerLevelsCarryAllOfUnicode(ProtocolLevel level) {
        assertThat(level.canCarry("\u9152\u20ac\u0081a\u0301\ud83c\udf76")).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void noLevelCarriesALineFeed(ProtocolLevel level) {
        assertThat(level.canCarry("a\nb")).isFalse();
        assertThat(level.canCarry("\u00e4\nb")).isFalse();
        assertThat(level.canCarry("a b")).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void noLevelCarriesHalfOfASurrogatePair(ProtocolLevel level) {
        assertThat(level.canCarry("a\ud83c")).isFalse();
        assertThat(level.canCarry("\udf76a")).isFalse();
    }

    @Test
    void contentKeepsItsTypeWhenItsBufferIsReplaced() {
        FileContent content = new FileContent(Unpooled.EMPTY_BUFFER);

        assertThat(content.replace(Unpooled.EMPTY_BUFFER)).isInstanceOf(FileContent.class);
    }
}
