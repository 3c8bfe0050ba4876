package io.kryla.factory.license;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SerialSpaceTest {
    @Test
    void countsInBase34UpToTheDeclaredLength() {
        SerialSpace space = SerialSpace.of("KRY08DE1");

        assertThat(space.serial(1)).isEqualTo("KRY08DE100001");
        assertThat(space.serial(34)).isEqualTo("KRY08DE100010");
        assertThat(space.serial(33)).isEqualTo("KRY08DE10000Z");
        assertThat(SerialSpace.isSerial(space.serial(1))).isTrue();
    }

    @Test
    void endsWithItsDigits() {
        SerialSpace space = SerialSpace.of("KRY02A");

        assertThat(space.serial(33)).isEqualTo("KRY02AZ");
        assertThatThrownBy(() -> space.serial(34)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> space.serial(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "KRY0", "KRY0GA", "KRYOA1", "kry08", "KRY01A", "KRY00", "KRY0 A"})
    void refusesPrefixesThatNoSerialOfTheStandardHas(String prefix) {
        assertThat(SerialSpace.parse(prefix)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"KRY08DE10001", "KRY08DE1000001", "KRY08DE1000I1", "KRY08DE1000O1", "KRY08"})
    void tellsWhatIsNoSerial(String text) {
        assertThat(SerialSpace.isSerial(text)).isFalse();
    }

    @Test
    void containsItsOwnSerialsOnly() {
        assertThat(SerialSpace.of("KRY08DE1").contains("KRY08DE100001")).isTrue();
        assertThat(SerialSpace.of("KRY08DE1").contains("KRY08GB100001")).isFalse();
    }
}
